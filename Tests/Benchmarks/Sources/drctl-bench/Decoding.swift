import AWS
import Meter

/// Reads one answer to DescribeDBInstances over and over.
func decoding(_ body: [UInt8], seconds: Double) throws {
    func once() throws -> Int {
        try DescribeDBInstances.output(from: OperationResponse(status: 200, body: body) { _ in nil })
            .dbInstances.count
    }
    let instances = try once()
    let meter = Meter()
    var count = 0
    while meter.cpu < seconds {
        guard try once() == instances else { stop("an answer was read in two ways") }
        count += 1
    }
    report([
        ("instances", Double(instances)), ("count", Double(count)), ("cpu", meter.cpu), ("wall", meter.wall),
    ])
}
