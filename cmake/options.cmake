# What every target of the project is built with. Presets set the cache variables.
option(DUTYLOG_TESTS "Build the tests" ON)
option(DUTYLOG_FUZZ "Build the fuzz targets (clang only)" OFF)
set(DUTYLOG_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
option(DUTYLOG_COVERAGE "Instrument for coverage (clang only)" OFF)

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(dutylog_options INTERFACE)
target_compile_features(dutylog_options INTERFACE cxx_std_23)
target_include_directories(dutylog_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(dutylog_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Werror=return-type -fno-math-errno)
target_compile_definitions(dutylog_options INTERFACE BOOST_ALLOW_DEPRECATED_HEADERS)

# Some fifty programs are linked; mold does it in a third of the time.
find_program(MOLD mold)
if(MOLD)
  target_link_options(dutylog_options INTERFACE -fuse-ld=mold)
endif()

if(DUTYLOG_SANITIZE)
  target_compile_options(dutylog_options INTERFACE -fsanitize=${DUTYLOG_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  # g++ 12 sees uninitialized members in the standard library once it is instrumented; there are none.
  target_compile_options(dutylog_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(dutylog_options INTERFACE -fsanitize=${DUTYLOG_SANITIZE})
endif()
if(DUTYLOG_FUZZ)
  target_compile_options(dutylog_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(DUTYLOG_COVERAGE)
  target_compile_options(dutylog_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(dutylog_options INTERFACE -fprofile-instr-generate)
endif()

# dutylog_library(name SOURCES a.cpp … LINK other …): one room of the engine or one adapter.
function(dutylog_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(dutylog_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(dutylog_${name} PUBLIC dutylog_options ${ARG_LINK})
endfunction()
