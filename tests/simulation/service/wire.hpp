#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace dutylog::simulation {

/// One connection in memory, with two ends. What one end writes the other reads, until it is cut:
/// then nothing passes any more, either way, and neither end learns how far its bytes came.
/// It does no waiting of its own; used from one thread.
class Wire {
public:
    enum class End : std::uint8_t { caller, host };

    explicit Wire(const boost::asio::any_io_executor& executor);

    boost::asio::any_io_executor executor() { return caller_.wake.get_executor(); }
    /// @returns how many bytes came; 0 where none will come any more, or after `abort`
    boost::asio::awaitable<std::size_t> read(End end, std::span<char> space);
    /// @returns false where it is cut, or the other end has gone
    bool write(End end, std::string_view bytes);
    /// The same, but waits while the other end has not taken as much as fits (`hold_at_most`).
    /// @returns false also after `abort`
    boost::asio::awaitable<bool> send(End end, std::string_view bytes);
    /// What came for this end so far, without waiting; it is taken.
    std::string take(End end, std::size_t at_most = std::string::npos);
    /// So many bytes from this end fit that the other has not taken.
    void hold_at_most(End end, std::size_t bytes) { side(end).fits = bytes; }
    /// Nothing more comes from this end.
    void finish(End end);
    /// What this end waits for ends at once without success.
    void abort(End end);
    /// Neither end reads or writes any more.
    void cut();
    /// It is cut when so many more bytes have passed from this end.
    void cut_after(End end, std::size_t bytes) { side(end).passes = bytes; }

    bool is_cut() const { return cut_; }
    /// Whether this end has everything that the other will ever write.
    bool is_over(End end) const;

private:
    /// What one end has sent that the other has not read.
    struct Side {
        explicit Side(const boost::asio::any_io_executor& executor)
            : wake{executor}, room{executor} {}
        std::string bytes;
        bool finished = false;
        bool aborted = false;  ///< what this end waits for
        std::size_t passes = std::numeric_limits<std::size_t>::max();
        std::size_t fits = std::numeric_limits<std::size_t>::max();
        boost::asio::steady_timer wake;  ///< of who reads from this end
        boost::asio::steady_timer room;  ///< of who sends from this end
    };
    Side& side(End end) { return end == End::caller ? caller_ : host_; }
    Side& other(End end) { return end == End::caller ? host_ : caller_; }

    Side caller_;
    Side host_;
    bool cut_ = false;
};

}  // namespace dutylog::simulation
