/// What a handle is set up for, besides the one request: one that has served can serve the next request of
/// its kind as it is, and only what differs is said to libcurl.
struct Setup: Equatable {
    enum Body {
        case none
        /// The handle has a copy, which libcurl reads.
        case copied
        /// libcurl asks for it.
        case asked
    }

    let lane: LaneKey
    let method: String
    let body: Body
}

/// The numbers that a request comes with. Most often they are those of the request before.
struct Tuning: Equatable {
    var timeoutMilliseconds: Int
    var connectMilliseconds: Int
    var maxBodyBytes: Int
    /// On a new connection.
    var isFresh: Bool
    /// On a connection that nobody uses afterwards.
    var isForOne: Bool
    var needsNewAddress: Bool
    var maxIdleSeconds: Int
}
