/// Does the same with each, all at once, and answers in their order. For short lists: each has a task.
func concurrently<Item: Sendable, Answer: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) async -> Answer
) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
        for (index, item) in items.enumerated() { group.addTask { (index, await body(item)) } }
        var answers: [Int: Answer] = [:]
        for await (index, answer) in group { answers[index] = answer }
        return items.indices.compactMap { answers[$0] }
    }
}
