/// What is known of each socket, by its descriptor.
struct Sockets {
    struct State {
        /// Opened and closed through the poller, so that it is known what the descriptor stands for.
        var isConnection = false
        /// What the kernel tells of.
        var registered: UInt32 = 0
        /// What libcurl wants to be told.
        var wanted: UInt32 = 0
    }

    private var states: [State] = []

    subscript(_ socket: CInt) -> State {
        get { Int(socket) < states.count ? states[Int(socket)] : State() }
        set {
            // As many as the process may have descriptors, at most.
            while states.count <= Int(socket) { states.append(State()) }
            states[Int(socket)] = newValue
        }
    }
}
