import Testing

@testable import HTTPTransport

@Suite("Hosts that were silent")
struct SilentHostsTests {
    private let lane = LaneKey(scheme: .https, authority: "a", connectTo: nil, unixSocketPath: nil)
    private let other = LaneKey(scheme: .https, authority: "b", connectTo: nil, unixSocketPath: nil)

    @Test("after a failure to connect the name is looked up anew, once, and for that host alone")
    func newAddress() {
        var hosts = SilentHosts()
        hosts.notReached(lane)
        let answers = [other, lane, lane].map { hosts.needsNewAddress($0) }
        #expect(answers == [false, true, false])
    }

    @Test("connections from before a timeout are not used again, for as long as one may be idle")
    func idle() {
        var hosts = SilentHosts()
        let before = hosts.maxIdle(lane, now: .seconds(100))
        hosts.timedOut(lane, at: .seconds(100))
        let after = hosts.maxIdle(lane, now: .seconds(110))
        let elsewhere = hosts.maxIdle(other, now: .seconds(110))
        #expect([before, after, elsewhere] == [Transfer.maxIdle, .seconds(9), Transfer.maxIdle])
        #expect(hosts.silence(lane) == .seconds(100))
        let later = hosts.maxIdle(lane, now: .seconds(151))
        #expect(later == Transfer.maxIdle)
        #expect(hosts.silence(lane) == nil)
    }

    @Test("however many fail, little is remembered")
    func bounded() {
        var hosts = SilentHosts()
        for number in 0..<5000 {
            hosts.notReached(
                LaneKey(scheme: .http, authority: "h\(number)", connectTo: nil, unixSocketPath: nil))
        }
        let first = LaneKey(scheme: .http, authority: "h0", connectTo: nil, unixSocketPath: nil)
        let isRemembered = hosts.needsNewAddress(first)
        #expect(!isRemembered)
    }
}
