"""The benches of ./desk bench, one file each. See ``devtools/bench_meter.py`` for what a file holds."""
