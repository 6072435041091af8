import NIOCore
import NIOHTTPTypes

/// Closes a connection on which no whole request has come in time, however busily it sends single bytes, and
/// one too many of the same peer; and when too many wait, the one that has waited longest.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let turnstile: Turnstile
    private let room: WaitingRoom
    private let patience: TimeAmount
    private var deadline: Scheduled<Void>?
    private var ticket: WaitingRoom.Ticket?
    private var address: String?

    init(_ turnstile: Turnstile, _ room: WaitingRoom, patience: TimeAmount) {
        self.turnstile = turnstile
        self.room = room
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let address = context.channel.remoteAddress?.ipAddress ?? ""
        guard turnstile.connected(address) else {
            context.close(promise: nil)
            return
        }
        self.address = address
        wait(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        go()
        if let address { turnstile.disconnected(address) }
        address = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { go() }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { wait(context) }
        context.write(data, promise: promise)
    }

    private func wait(_ context: ChannelHandlerContext) {
        go()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        ticket = room.enter { channel.close(promise: nil) }
    }

    private func go() {
        deadline?.cancel()
        if let ticket { room.leave(ticket) }
        (deadline, ticket) = (nil, nil)
    }
}
