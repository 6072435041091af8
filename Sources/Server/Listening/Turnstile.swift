import Failover
import Journal

/// Lets few in at a time, and nobody too often: what a flood meets before anything of it is read.
///
/// Whoever comes from this host (a proxy that speaks for everybody) is not counted as a peer; there the limit
/// of all together holds, and the proxy's own.
final class Turnstile: Sendable {
    /// Bytes of all bodies that are being read or checked, as announced: a flood takes no more memory.
    static let bytesAtOnce = 16 << 20
    /// Of these, for large bodies. What is left has room for small ones on every connection that there can
    /// be, so that slow senders of whatever size leave room for an alarm, which has a few KiB.
    static let bytesForLarge = 12 << 20
    static let small = 16 * 1024
    static let atOnceForPeer = 4
    /// SNS sends a few alarms in a burst, from several addresses.
    static let burst = 40.0
    /// Requests, and new connections: with TLS each of those costs a signature of ours.
    static let perSecond = 10.0
    static let connectionsForPeer = 16
    /// Addresses that are remembered.
    static let peerLimit = 4096

    private struct Peer {
        var inside = 0
        var connections = 0
        var budget = Turnstile.burst
        /// For new connections.
        var openings = Turnstile.burst
        var at: Timestamp
    }

    private struct State {
        var bytes = 0
        var peers: [String: Peer] = [:]
    }

    private let state = Locked(State())
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    /// False when there is no room for a body of so many bytes; else `leave` must follow.
    func enter(_ address: String, bytes: Int) -> Bool {
        state.withLock { state in
            let room = bytes > Self.small ? Self.bytesForLarge : Self.bytesAtOnce
            guard state.bytes + bytes <= room else { return false }
            if !Self.isHere(address) {
                guard var peer = peer(address, &state), peer.inside < Self.atOnceForPeer, peer.budget >= 1
                else {
                    return false
                }
                peer.inside += 1
                peer.budget -= 1
                state.peers[address] = peer
            }
            state.bytes += bytes
            return true
        }
    }

    func leave(_ address: String, bytes: Int) {
        state.withLock { state in
            state.bytes -= bytes
            state.peers[address]?.inside -= 1
        }
    }

    /// False when it has enough connections; else `disconnected` must follow.
    func connected(_ address: String) -> Bool {
        state.withLock { state in
            if Self.isHere(address) { return true }
            guard var peer = peer(address, &state), peer.connections < Self.connectionsForPeer,
                peer.openings >= 1
            else { return false }
            peer.connections += 1
            peer.openings -= 1
            state.peers[address] = peer
            return true
        }
    }

    func disconnected(_ address: String) { state.withLock { $0.peers[address]?.connections -= 1 } }

    /// With what it has earned since; nil when there are too many peers to know another one.
    private func peer(_ address: String, _ state: inout State) -> Peer? {
        let now = now()
        if var known = state.peers[address] {
            let passed = max(0, (now - known.at).inSeconds)
            known.budget = min(Self.burst, known.budget + passed * Self.perSecond)
            known.openings = min(Self.burst, known.openings + passed * Self.perSecond)
            known.at = now
            state.peers[address] = known
            return known
        }
        if state.peers.count >= Self.peerLimit {
            // Idle for so long, it would start with a full budget again.
            state.peers = state.peers.filter {
                $0.value.inside > 0 || $0.value.connections > 0
                    || (now - $0.value.at).inSeconds * Self.perSecond < Self.burst
            }
            guard state.peers.count < Self.peerLimit else { return nil }
        }
        state.peers[address] = Peer(at: now)
        return state.peers[address]
    }

    private static func isHere(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1" || address.isEmpty
    }
}
