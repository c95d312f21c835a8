-- Prints what wrk measured as one line of name=value, for Load.java. Only done() is defined: it runs once, after the load.
function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    "measured requests=%d micros=%d bytes=%d p50=%d p99=%d p999=%d connect=%d read=%d write=%d status=%d timeout=%d",
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
