import Testing

@testable import HTTPTransport

@Suite("The line")
struct LanesTests {
    private func transfer(_ host: String) throws -> Transfer {
        let request = HTTPRequest(url: "http://\(host)/")
        let transfer = Transfer(request, try RequestURL(checking: request))
        transfer.stage = .inLine
        return transfer
    }

    @Test("gives each host its share, whoever came first")
    func fairness() throws {
        var lanes = Lanes(maxPerLane: 2, maxRunning: 4)
        for _ in 0..<10 { lanes.add(try transfer("slow")) }
        for _ in 0..<3 { lanes.add(try transfer("fast")) }
        var started: [String] = []
        while let next = lanes.next() { started.append(next.url.authority) }
        #expect(started == ["slow", "fast", "slow", "fast"])
        // A place that comes free goes to who may use it.
        lanes.left(try transfer("fast").lane)
        #expect(lanes.next()?.url.authority == "fast")
        #expect(lanes.next() == nil)
    }

    @Test("takes turns when there are fewer places than hosts")
    func turns() throws {
        var lanes = Lanes(maxPerLane: 5, maxRunning: 1)
        for host in ["a", "a", "a", "b", "c"] { lanes.add(try transfer(host)) }
        var started: [String] = []
        while let next = lanes.next() {
            started.append(next.url.authority)
            lanes.left(next.lane)
        }
        #expect(started == ["a", "b", "c", "a", "a"])
        #expect(lanes.running == 0)
        #expect(!lanes.isAnyoneInLine)
    }

    @Test("skips who has left it")
    func leavers() throws {
        var lanes = Lanes(maxPerLane: 1, maxRunning: 1)
        let gone = try transfer("a")
        lanes.add(gone)
        lanes.add(try transfer("a"))
        gone.finish(.failure(TransportError(.cancelled, gone.request, "")))
        #expect(lanes.next()?.stage == .inLine)
        #expect(lanes.next() == nil)
    }

    @Test("knows whose time is over")
    func overdue() throws {
        var lanes = Lanes(maxPerLane: 1, maxRunning: 1)
        for seconds in 1...3 {
            let one = try transfer("a")
            one.deadline = .seconds(seconds)
            lanes.add(one)
        }
        #expect(lanes.overdue(.seconds(2)).count == 2)
    }

    @Test("keeps the order over thousands of comings and goings")
    func queue() {
        var queue = Queue<Int>()
        var expected = 0
        for number in 0..<5000 {
            queue.append(number)
            if number.isMultiple(of: 3) {
                #expect(queue.popFirst() == expected)
                expected += 1
            }
        }
        #expect(Array(queue.elements) == Array(expected..<5000))
        while let next = queue.popFirst() {
            #expect(next == expected)
            expected += 1
        }
        #expect(expected == 5000)
        #expect(queue.isEmpty)
    }
}
