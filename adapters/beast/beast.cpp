// The compiled part of Asio, its TLS, and Beast. Nothing of ours is in here.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
