/// The Regions whose STS may be asked, the one to ask first in front. A Region that failed goes to the end,
/// so that nobody waits for a dead one twice.
actor IssuingRegions {
    private var order: [String]

    /// Only Regions of the first one's partition: credentials of another are of no use there.
    init(_ regions: [String]) {
        let partition = regions.first.map(Partition.of)
        var seen: Set<String> = []
        order = regions.filter { Partition.of(region: $0) == partition && seen.insert($0).inserted }
    }

    func inOrder() -> [String] { order }

    func failed(_ region: String) {
        guard let place = order.firstIndex(of: region) else { return }
        order.append(order.remove(at: place))
    }
}
