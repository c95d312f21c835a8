-- Sends the requests of a file in turn, where one is given: wrk ... URL -- FILE THREADS [FIELD]. FIELD, a line of
-- "Name: value", is added to each. Each thread has its share, built before the load; then request() only gives the next one.
local ffi = require("ffi")
ffi.cdef("int usleep(unsigned micros);")

-- wrk runs its first thread while it prepares the second, and begins to count the time after that.
local prepared = ffi.new("volatile int[1]")
local threads = 0

function setup(thread)
  thread:set("place", threads)
  thread:set("prepared_address", tonumber(ffi.cast("intptr_t", prepared)))
  threads = threads + 1
end

local function read(name, threads, field)
  local file = assert(io.open(name, "rb"))
  local text = file:read("*a")
  file:close()
  local requests, count, from = {}, 0, 1
  local to = text:find("\r\n\r\n", from, true)
  while to do
    if count % threads == place then
      requests[#requests + 1] = field and text:sub(from, to + 1) .. field .. "\r\n\r\n" or text:sub(from, to + 3)
    end
    count = count + 1
    from = to + 4
    to = text:find("\r\n\r\n", from, true)
  end
  return requests
end

function init(args)
  if not args[1] then
    return
  end
  -- Nothing is made under load that there would be to collect.
  collectgarbage("stop")
  local threads = tonumber(args[2])
  local requests = read(args[1], threads, args[3])
  local count, next = #requests, 0
  local prepared = ffi.cast("volatile int *", prepared_address)
  local function give_next()
    next = next % count + 1
    return requests[next]
  end
  local function wait_for_all()
    while prepared[0] < threads do
      ffi.C.usleep(100)
    end
    request = give_next
    return give_next()
  end
  -- Before the load, wrk asks the first thread once what its requests look like.
  request = place > 0 and wait_for_all or function()
    request = wait_for_all
    return requests[1]
  end
  prepared[0] = prepared[0] + 1
end

-- Prints what wrk measured as one line of name=value, for Load.java.
function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    "measured requests=%d micros=%d bytes=%d p50=%d p99=%d p999=%d connect=%d read=%d write=%d status=%d timeout=%d",
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
