import Meter

// One measurement a process, so that none is warmed up, or weighed down, by another one.
let arguments = Array(CommandLine.arguments.dropFirst())

func number(_ index: Int) -> Int {
    guard index < arguments.count, let number = Int(arguments[index]) else {
        stop("argument \(index) is not a number")
    }
    return number
}

switch arguments.first {
case "signing":
    try signing(
        body: contents(of: arguments[1]), derived: arguments[2] == "derived", seconds: Double(number(3)))
case "exchange":
    try await exchange(
        url: arguments[1], caBundle: arguments[2], body: contents(of: arguments[3]), inFlight: number(4),
        seconds: Double(number(5)))
case "decoding": try decoding(contents(of: arguments[1]), seconds: Double(number(2)))
case "round":
    try await round(
        url: arguments[1], workloads: number(2), rounds: number(3), probes: arguments.contains("probes"),
        spread: number(4))
default: stop("signing FILE cached|derived SECONDS, exchange URL CA FILE IN-FLIGHT SECONDS, ...")
}
