import Glibc

/// What something took: of the processor, of the clock, and of memory.
public struct Meter: Sendable {
    private let cpuBefore = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    private let wallBefore = Self.seconds(CLOCK_MONOTONIC)

    /// Starts to measure.
    public init() {}

    /// Of all threads together, in seconds.
    public var cpu: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore }
    public var wall: Double { Self.seconds(CLOCK_MONOTONIC) - wallBefore }

    /// The most memory that the process has had so far.
    public static var peakResidentKiB: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// One line of JSON for whoever runs the benchmarks.
public func report(_ figures: [(name: String, value: Double)]) {
    print("{" + figures.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}")
}

public func stop(_ words: String) -> Never {
    _ = (words + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(1)
}

/// A whole file.
public func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { stop("\(path) cannot be read") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
        bytes.append(contentsOf: part[..<count])
    }
    return bytes
}
