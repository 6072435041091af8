/// First in, first out, in constant time.
struct Queue<Element> {
    private var items: [Element?] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }

    mutating func append(_ element: Element) {
        items.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        let element = items[head]
        items[head] = nil
        head += 1
        // Half of it is holes: close them. Each element is moved at most once on average.
        if head * 2 >= items.count {
            items.removeFirst(head)
            head = 0
        }
        return element
    }

    /// What is in line, in order.
    var elements: some Sequence<Element> {
        items[head...].lazy.compactMap { $0 }
    }
}
