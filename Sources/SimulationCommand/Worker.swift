import Foundation
import Simulation

/// What a child process does: one seed after the other, one line of JSON each.
struct Worker {
    var from: UInt64
    var count: Int
    /// From one seed to the next: children that take turns are done at the same time.
    var stride: UInt64
    var options: SimulationOptions

    func run() {
        // A terminal sends it to the whole group; the parent decides what follows.
        signal(SIGINT, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for index in 0..<UInt64(count) {
            let result = SeedResult(
                Simulation.run(seed: Seed(from + index * stride), options: options))
            guard var line = try? encoder.encode(result) else { exit(1) }
            line.append(UInt8(ascii: "\n"))
            // Nobody reads any more: the parent has gone.
            guard write(line) else { exit(1) }
        }
    }

    private func write(_ data: Data) -> Bool {
        data.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(1, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                rest = rest.dropFirst(written)
            }
            return true
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
