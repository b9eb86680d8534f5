// One use, at least, of everything forbidden.txt names. Compiled and never run: the gate must
// complain about each of them. Functions are global so that none is dropped.
#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <sqlite3.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <wchar.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <locale>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>

#include <libfyaml.h>

namespace specimen {

char text[64];
wchar_t wide[64];
timespec moment;
int sink;  // keeps a call whose result would otherwise be unused
double number;

void clocks() {
    clock_gettime(CLOCK_REALTIME, &moment);
    std::time(nullptr);
    (void)std::chrono::system_clock::now();
    (void)std::chrono::steady_clock::now();
    const std::time_t when = 0;
    localtime(&when);
    nanosleep(&moment, nullptr);
    timerfd_create(CLOCK_MONOTONIC, 0);
}

void chance() {
    rand();
    std::random_device device;
    device();
    getrandom(text, sizeof text, 0);
    RAND_bytes(reinterpret_cast<unsigned char*>(text), sizeof text);
}

void network() {
    socket(AF_INET, SOCK_STREAM, 0);
    getaddrinfo("example.org", "https", nullptr, nullptr);
    boost::asio::io_context context;
    context.run();
}

void environment() {
    std::getenv("TZ");
    gethostname(text, sizeof text);
    (void)std::thread::hardware_concurrency();
}

void locale() {
    setlocale(LC_ALL, "");
    std::locale::global(std::locale{""});
    std::ostringstream stream;
    stream << 1;
    (void)std::use_facet<std::ctype<char>>(std::locale{});
    strtod(text, nullptr);
    (void)std::stod("1.5");
    strtol(text, nullptr, 10);
    (void)std::stoi("1");
    snprintf(text, sizeof text, "%f", number);
    sink = isalpha(text[0]);
    sink = towupper(wide[0]);
    sink = strcoll(text, "b");
    sscanf(text, "%lf", &number);
}

void files() {
    open("/etc/passwd", O_RDONLY);
    (void)fopen("/etc/passwd", "r");
    (void)read(0, text, sizeof text);
    struct stat status;
    stat("/etc/passwd", &status);
    std::ifstream stream{"/etc/passwd"};
    (void)std::filesystem::exists("/etc/passwd");
    fy_document_build_from_file(nullptr, "/etc/passwd");
    sqlite3_libversion();
}

void console() {
    puts(text);
    std::cout << text;
}

void* started(void*) { return nullptr; }

void threads() {
    pthread_t thread;
    pthread_create(&thread, nullptr, started, nullptr);
    std::thread{[] {}}.join();
    std::async(std::launch::async, [] {}).get();
    (void)std::system("true");
}

void unordered() {
    std::unordered_map<std::string, int> table;
    table["a"] = 1;
}

double floating(double x) { return std::pow(x, 0.5); }

}  // namespace specimen
