/// What is to happen when, the earliest first; what is to happen at once, in the order in which it was added.
struct Agenda<Item> {
    private var heap: [Entry] = []
    private var count = 0

    private struct Entry {
        var at: Duration
        var number: Int
        var item: Item

        func comesBefore(_ other: Entry) -> Bool { at == other.at ? number < other.number : at < other.at }
    }

    mutating func add(_ item: Item, at time: Duration) {
        heap.append(Entry(at: time, number: count, item: item))
        count += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].comesBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> (Duration, Item)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (first.at, first.item) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].comesBefore(heap[least]) { least = child }
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.at, first.item)
    }
}
