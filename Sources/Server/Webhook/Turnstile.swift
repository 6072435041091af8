import Failover
import Journal

/// Lets few in at a time, and nobody too often: what a flood meets before anything of it is read.
///
/// Whoever comes from this host (a proxy that speaks for everybody) is not counted as a peer; there the limit
/// of all together holds, and the proxy's own.
final class Turnstile: Sendable {
    /// Requests that are being read or checked: the memory of a flood is so many bodies.
    static let atOnce = 16
    static let atOnceForPeer = 4
    /// SNS sends a few alarms in a burst, from several addresses.
    static let burst = 40.0
    static let perSecond = 10.0
    static let connectionsForPeer = 16
    /// Addresses that are remembered.
    static let peerLimit = 4096

    private struct Peer {
        var inside = 0
        var connections = 0
        var budget = Turnstile.burst
        var at: Timestamp
    }

    private struct State {
        var inside = 0
        var peers: [String: Peer] = [:]
    }

    private let state = Locked(State())
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    /// False when there is no room; else `leave` must follow.
    func enter(_ address: String) -> Bool {
        state.withLock { state in
            guard state.inside < Self.atOnce else { return false }
            if !Self.isHere(address) {
                guard var peer = peer(address, &state), peer.inside < Self.atOnceForPeer, peer.budget >= 1
                else {
                    return false
                }
                peer.inside += 1
                peer.budget -= 1
                state.peers[address] = peer
            }
            state.inside += 1
            return true
        }
    }

    func leave(_ address: String) {
        state.withLock { state in
            state.inside -= 1
            state.peers[address]?.inside -= 1
        }
    }

    /// False when it has enough connections; else `disconnected` must follow.
    func connected(_ address: String) -> Bool {
        state.withLock { state in
            if Self.isHere(address) { return true }
            guard let peer = peer(address, &state), peer.connections < Self.connectionsForPeer else {
                return false
            }
            state.peers[address]?.connections += 1
            return true
        }
    }

    func disconnected(_ address: String) { state.withLock { $0.peers[address]?.connections -= 1 } }

    /// With what it has earned since; nil when there are too many peers to know another one.
    private func peer(_ address: String, _ state: inout State) -> Peer? {
        let now = now()
        if var known = state.peers[address] {
            known.budget = min(Self.burst, known.budget + max(0, (now - known.at).inSeconds) * Self.perSecond)
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
