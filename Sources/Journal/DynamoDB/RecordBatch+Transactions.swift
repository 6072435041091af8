import Failover

extension RecordBatch {
    /// What one decision wrote, in as few transactions as DynamoDB takes: almost always one. A decision over
    /// very many workloads is parted between two of them, as if it had been made for one after the other;
    /// what belongs to one workload always stays together.
    static func transactions(
        _ bodies: [String], of owners: [WorkloadID?], after seal: Seal
    ) throws(Refusal) -> [[RecordBatch]] {
        var transactions: [[RecordBatch]] = []
        var (taken, seal) = (0, seal)
        let cuts = places(owners)
        let sizes = bodies.map(\.utf8.count)
        while taken < bodies.count {
            var (size, ends): (Int, [Int]) = (0, [])
            for index in taken..<bodies.count {
                size += sizes[index]
                if size > transactionBytes { break }
                if cuts.contains(index + 1) { ends.append(index + 1) }
            }
            var best: (end: Int, batches: [RecordBatch])?
            while best == nil, let end = ends.popLast() {
                let batches = try cut(Array(bodies[taken..<end]), naming: taken, after: seal)
                if batches.count <= itemsAtOnce { best = (end, batches) }
            }
            guard let best, let last = best.batches.last else {
                let detail = "the records of one workload exceed \(transactionBytes) bytes"
                throw Refusal(cause: .unencodable(index: taken, detail: detail))
            }
            transactions.append(best.batches)
            taken = best.end
            seal = Seal(sequence: last.last, digest: last.digest)
        }
        return transactions
    }

    /// With the index in the whole of what is refused.
    private static func cut(
        _ bodies: [String], naming offset: Int, after seal: Seal
    ) throws(Refusal) -> [RecordBatch] {
        do {
            return try cut(bodies, after: seal)
        } catch {
            guard case .unencodable(let index, let detail) = error.cause else { throw error }
            throw Refusal(cause: .unencodable(index: offset + index, detail: detail))
        }
    }

    /// Where no workload has records on both sides, the end among them.
    private static func places(_ owners: [WorkloadID?]) -> Set<Int> {
        var last: [WorkloadID?: Int] = [:]
        for (index, owner) in owners.enumerated() { last[owner] = index }
        var (places, reach): (Set<Int>, Int) = ([], 0)
        for (index, owner) in owners.enumerated() {
            reach = max(reach, last[owner] ?? index)
            if reach == index { places.insert(index + 1) }
        }
        return places
    }
}
