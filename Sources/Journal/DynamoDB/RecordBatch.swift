import AWS
import Failover

/// Records that one decision made, as one item. Its sort key is the number of its last record, so that what
/// comes after a record is found by one query.
struct RecordBatch {
    var first: Int64
    var bodies: [String]
    /// The chain's digest after the last of them.
    var digest: [UInt8]

    var last: Int64 { first + Int64(bodies.count) - 1 }

    /// DynamoDB takes 400 KB an item, names included.
    static let itemBytes = 350_000
    /// DynamoDB takes 4 MB and 100 actions a transaction; one of them is the fence.
    static let transactionBytes = 3_500_000
    static let itemsAtOnce = 99

    init(first: Int64, bodies: [String], digest: [UInt8]) {
        self.first = first
        self.bodies = bodies
        self.digest = digest
    }

    /// As few items as will hold them.
    static func cut(_ bodies: [String], after seal: Seal) throws(Refusal) -> [RecordBatch] {
        var batches: [RecordBatch] = []
        var (size, seal) = (0, seal)
        for (index, body) in bodies.enumerated() {
            let bytes = body.utf8.count
            guard bytes <= itemBytes else {
                throw Refusal(
                    cause: .unencodable(index: index, detail: "\(bytes) bytes, more than \(itemBytes)"))
            }
            seal = seal.next(body: body)
            if batches.isEmpty || size + bytes > itemBytes {
                batches.append(RecordBatch(first: seal.sequence, bodies: [], digest: []))
                size = 0
            }
            size += bytes
            batches[batches.count - 1].bodies.append(body)
            batches[batches.count - 1].digest = seal.digest
        }
        return batches
    }

    func item(epoch: Int) -> [String: AttributeValue] {
        [
            "pk": SharedTable.records, "sk": .number(String(last)), "first": .number(String(first)),
            "epoch": .number(epoch), "digest": .string(Self.hex(digest)),
            "bodies": .list(bodies.map { .string($0) }),
        ]
    }

    init(_ item: [String: AttributeValue]) throws(Refusal) {
        let last = item["sk"]?.int.map(Int64.init)
        guard let last, let first = item["first"]?.int, let digest = item["digest"]?.string,
            case .list(let bodies)? = item["bodies"]
        else { throw Refusal(cause: .damaged(sequence: last, detail: "its item is not whole")) }
        self.first = Int64(first)
        self.bodies = bodies.compactMap(\.string)
        self.digest = Self.bytes(digest)
        guard self.last == last, self.bodies.count == bodies.count, !bodies.isEmpty, self.digest.count == 32
        else {
            throw Refusal(cause: .damaged(sequence: last, detail: "its item contradicts itself"))
        }
    }

    func entries() throws(Refusal) -> [Entry] {
        var entries: [Entry] = []
        for (offset, body) in bodies.enumerated() {
            let sequence = first + Int64(offset)
            entries.append(
                Entry(sequence: sequence, record: try RecordText.decode(body, sequence: sequence)))
        }
        return entries
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
