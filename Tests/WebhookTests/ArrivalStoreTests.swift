import Failover
import Foundation
import Journal
import Testing

@Suite struct ArrivalStoreTests {
    private static func withPath(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drctl-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent("webhook.db").path)
    }

    private static func arrival(_ id: String, _ second: Int64) -> Arrival {
        Arrival(
            id: id, at: Timestamp(milliseconds: second * 1000), because: "alarm",
            workloads: ["orders", "shop"])
    }

    @Test("I3: what has come is known after a restart, and what was not looked after is still to do")
    func survives() throws {
        try Self.withPath { path in
            do {
                let store = try ArrivalStore(path: path)
                #expect(try store.enter(Self.arrival("b", 2)))
                #expect(try store.enter(Self.arrival("a", 1)))
                #expect(try store.enter(Self.arrival("c", 3)))
                try store.settle(["b"])
            }
            let store = try ArrivalStore(path: path)
            #expect(try !store.enter(Self.arrival("a", 9)))
            #expect(try !store.enter(Self.arrival("b", 9)))
            #expect(try store.pending(atMost: 10) == [Self.arrival("a", 1), Self.arrival("c", 3)])
            #expect(try store.pending(atMost: 1).map(\.id) == ["a"])
        }
    }

    @Test func onlyWhatIsSettledAndOldIsForgotten() throws {
        try Self.withPath { path in
            let store = try ArrivalStore(path: path)
            for (id, second) in [("a", 1), ("b", 2), ("c", 3)] as [(String, Int64)] {
                #expect(try store.enter(Self.arrival(id, second)))
            }
            try store.settle(["a", "c"])
            try store.forget(before: Timestamp(milliseconds: 3000))
            #expect(try store.enter(Self.arrival("a", 9)), "forgotten")
            #expect(try !store.enter(Self.arrival("b", 9)), "not settled")
            #expect(try !store.enter(Self.arrival("c", 9)), "not old")
        }
    }

    @Test func theFileIsItsOwnersAlone() throws {
        try Self.withPath { path in
            _ = try ArrivalStore(path: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
    }
}
