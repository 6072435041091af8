import Failover
import Testing

@testable import Journal

/// What both kinds of journal must do alike.
@Suite struct StoreTests {
    enum Kind: CaseIterable {
        case memory, file
    }

    let folder = try? TemporaryFolder()

    private func open(_ kind: Kind) throws -> any JournalStore {
        switch kind {
        case .memory: MemoryJournal()
        case .file: try #require(folder).open()
        }
    }

    @Test(arguments: Kind.allCases)
    func `Every kind of record comes back as it went in`(kind: Kind) async throws {
        let journal = try open(kind)
        let records = Record.everyKind
        let added = try await journal.append(records)
        #expect(added.map(\.record) == records)
        #expect(added.map(\.sequence) == (1...records.count).map(Int64.init))
        #expect(try await journal.all() == added)
    }

    @Test(arguments: Kind.allCases)
    func `An empty journal has nothing to tell`(kind: Kind) async throws {
        let journal = try open(kind)
        #expect(try await journal.append([]) == [])
        #expect(try await journal.all() == [])
        #expect(try await journal.latest(workload: nil, limit: 10) == [])
        #expect(try await journal.entries(after: 0, workload: nil, limit: 10) == [])
    }

    @Test(arguments: Kind.allCases)
    func `Entries are paged upwards, and the latest are the last ones in the same order`(kind: Kind)
        async throws
    {
        let journal = try open(kind)
        _ = try await journal.append((1...10).map { .numbered($0) })
        #expect(try await journal.entries(after: 0, workload: nil, limit: 4).map(\.sequence) == [1, 2, 3, 4])
        #expect(try await journal.entries(after: 4, workload: nil, limit: 4).map(\.sequence) == [5, 6, 7, 8])
        #expect(try await journal.entries(after: 8, workload: nil, limit: 4).map(\.sequence) == [9, 10])
        #expect(try await journal.entries(after: 10, workload: nil, limit: 4) == [])
        #expect(try await journal.entries(after: -5, workload: nil, limit: 2).map(\.sequence) == [1, 2])
        #expect(try await journal.latest(workload: nil, limit: 3).map(\.sequence) == [8, 9, 10])
        #expect(try await journal.latest(workload: nil, limit: 100).count == 10)
        #expect(try await journal.latest(workload: nil, limit: -1) == [])
    }

    @Test(arguments: Kind.allCases)
    func `A workload gets its own records only`(kind: Kind) async throws {
        let journal = try open(kind)
        let owners: [WorkloadID?] = [nil, "shop", "bank", "shop", nil, "bank", "shop"]
        _ = try await journal.append(owners.enumerated().map { .numbered($0, workload: $1) })
        #expect(try await journal.entries(after: 2, workload: "shop", limit: 9).map(\.sequence) == [4, 7])
        #expect(try await journal.latest(workload: "bank", limit: 1).map(\.sequence) == [6])
        #expect(try await journal.latest(workload: "none", limit: 9) == [])
    }

    @Test(arguments: Kind.allCases)
    func `A batch with a record that has no JSON form leaves nothing behind`(kind: Kind) async throws {
        let journal = try open(kind)
        _ = try await journal.append([.numbered(1)])
        let error = await failure { () async throws(JournalError) in
            try await journal.append([.numbered(2), .impossible, .numbered(3)])
        }
        guard case .unencodable(1, _) = error?.cause else {
            Issue.record("not .unencodable: \(String(describing: error))")
            return
        }
        #expect(error?.retryIsSafe == true)
        #expect(try await journal.all().count == 1)
        #expect(try await journal.append([.numbered(4)]).map(\.sequence) == [2])
    }

    @Test(arguments: Kind.allCases)
    func `A replay can use the journal, and ends where the journal ended when it began`(kind: Kind)
        async throws
    {
        let journal = try open(kind)
        _ = try await journal.append((1...100).map { .numbered($0) })
        var seen: [Int64] = []
        try await journal.replay { entry in
            seen.append(entry.sequence)
            _ = try journal.writeAtOnce([.numbered(0)])
        }
        #expect(seen == (1...100).map(Int64.init))
        #expect(try await journal.latest(workload: nil, limit: 1).map(\.sequence) == [200])
    }

    @Test(arguments: Kind.allCases)
    func `An error of the reader stops a replay and says where`(kind: Kind) async throws {
        struct Enough: Error {}
        let journal = try open(kind)
        _ = try await journal.append((1...5).map { .numbered($0) })
        let error = await failure { () async throws(JournalError) in
            try await journal.replay { entry in if entry.sequence == 3 { throw Enough() } }
        }
        #expect(error?.cause == .stopped(sequence: 3, detail: "Enough()"))
    }

    @Test(arguments: Kind.allCases)
    func `A closed journal refuses everything, and closing it again is harmless`(kind: Kind) async throws {
        let journal = try open(kind)
        journal.close()
        journal.close()
        #expect(
            await failure { () async throws(JournalError) in try await journal.append([.numbered(1)]) }?.cause
                == .closed)
        #expect(
            await failure { () async throws(JournalError) in try await journal.append([]) }?.cause == .closed)
        #expect(
            await failure { () async throws(JournalError) in try await journal.replay { _ in } }?.cause
                == .closed)
        let page = await failure { () async throws(JournalError) in
            try await journal.entries(after: 0, workload: nil, limit: 1)
        }
        #expect(page?.cause == .closed)
        #expect(
            await failure { () async throws(JournalError) in try await journal.latest(workload: nil, limit: 1)
            }?.cause
                == .closed)
    }

    @Test(arguments: Kind.allCases)
    func `Appends from many tasks at once get numbers without gaps`(kind: Kind) async throws {
        let journal = try open(kind)
        let given = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for task in 0..<8 {
                group.addTask {
                    var numbers: [Int64] = []
                    for turn in 0..<10 {
                        let batch: [Record] = [.numbered(task * 10 + turn), .numbered(-1)]
                        numbers += try await journal.append(batch).map(\.sequence)
                    }
                    return numbers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(given.sorted() == (1...160).map(Int64.init))
        #expect(try await journal.all().map(\.sequence) == given.sorted())
    }

    @Test func `A reopened memory journal has what the closed one had`() throws {
        let first = MemoryJournal()
        let added = try first.append(Record.everyKind)
        let second = first.reopened()
        #expect(try second.all() == added)
        #expect(failure { () throws(JournalError) in try first.append([.numbered(1)]) }?.cause == .closed)
        #expect(try second.append([.numbered(1)]).map(\.sequence) == [Int64(added.count) + 1])
    }
}

extension JournalStore {
    /// Without waiting, as the body of a replay must.
    fileprivate func writeAtOnce(_ records: [Record]) throws -> [Entry] {
        switch self {
        case let file as SQLiteJournal: try file.write(records)
        case let memory as MemoryJournal: try memory.append(records)
        default: throw JournalError(attempt: .append, path: "test", cause: .readOnly)
        }
    }
}
