import CCurl

/// The thread that owns the multi handle, the handles in it and the line before it. Nothing in here is
/// shared: other threads speak to it through the inbox.
final class Engine {
    /// How often those in line are looked at for their deadline, in ms. Only while someone is in line.
    private static let lineCheckMilliseconds: CInt = 50
    /// Nobody waits for it: libcurl's timers and the inbox end the wait earlier.
    private static let idleMilliseconds: CInt = 60_000

    /// More kinds of requests than a controller has in turn.
    private static let sparesTried = 32
    /// What a spare handle may keep of the last body.
    private static let spareBodyBytes = 8 << 10

    private let configuration: CurlTransport.Configuration
    private let inbox: Inbox
    private let multi: UnsafeMutableRawPointer
    private let poller: Poller
    /// Handles that have served, for the next transfers: to make one costs more than to set it up.
    private var spare: [EasyHandle] = []
    private var lanes: Lanes
    private var silentHosts = SilentHosts()
    /// In no order; each knows its place.
    private var running: [Transfer] = []
    private var nextLineCheck = Duration.zero
    private var messages: [Inbox.Message] = []
    /// Finished, and not yet told: many are told at once.
    private var finished: [Transfer] = []

    private init(
        _ configuration: CurlTransport.Configuration, _ inbox: Inbox, _ multi: UnsafeMutableRawPointer,
        _ poller: Poller
    ) {
        self.configuration = configuration
        self.inbox = inbox
        self.multi = multi
        self.poller = poller
        lanes = Lanes(
            maxPerLane: configuration.maxConnectionsPerHost, maxRunning: configuration.maxConnections)
        // Idle ones included: with more, the oldest is closed.
        _ = drctl_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxConnections)
        poller.serve(multi)
    }

    deinit {
        poller.forget(multi)
        curl_multi_cleanup(multi)
    }

    /// Starts the thread; on failure the inbox is closed with the reason.
    static func start(_ configuration: CurlTransport.Configuration, _ inbox: Inbox) {
        guard CurlLibrary.start(), let multi = curl_multi_init() else {
            return inbox.failedToStart("libcurl did not start")
        }
        guard let poller = Poller() else {
            curl_multi_cleanup(multi)
            return inbox.failedToStart("there are no file descriptors to spare")
        }
        inbox.wakes(with: poller.alarm)
        let engine = Unmanaged.passRetained(Engine(configuration, inbox, multi, poller))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Engine>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, engine.toOpaque())
        guard error == 0 else {
            inbox.failedToStart("no thread could be started (error \(error))")
            return engine.release()
        }
        inbox.runs(on: thread)
    }

    private func run() {
        CurlLibrary.keepMemory()
        defer { CurlLibrary.letGoOfMemory() }
        var closed: String?
        while closed == nil {
            closed = takeMessages()
            guard closed == nil else { break }
            startNext()
            let code = act()
            checkLine()
            if code != CURLM_OK {
                // It cannot wait any more. Going on would burn a core: give up, loudly.
                closed = "libcurl: \(String(cString: curl_multi_strerror(code)))"
            }
        }
        end(closed ?? "")
    }

    private func takeMessages() -> String? {
        let closed = inbox.take(into: &messages)
        guard !messages.isEmpty else { return closed }
        let now = MonotonicClock.now()
        for message in messages { handle(message, now) }
        messages.removeAll(keepingCapacity: messages.capacity <= 1024)
        return closed
    }

    /// Has libcurl do what there is to do, its timer first, which is how it begins new transfers; then waits
    /// for sockets, the timer or a message.
    private func act() -> CURLMcode {
        var (count, code): (CInt, CURLMcode) = (0, CURLM_OK)
        if poller.takeTimer() {
            code = drctl_curl_multi_timeout(multi, &count)
            readResults()
        }
        // Whoever gets a place by that starts at once.
        let isIdle = !lanes.canStart && inbox.mayWait()
        tell()
        poller.wait(limit: isIdle ? pollMilliseconds : 0) { socket, events in
            let result = curl_multi_socket_action(multi, socket, events, &count)
            if result != CURLM_OK { code = result }
        }
        readResults()
        return code
    }

    private func handle(_ message: Inbox.Message, _ now: Duration) {
        switch message {
        case .start(let transfer):
            if transfer.stage == .cancelledBeforeStart {
                return finish(transfer, .failure(transfer.failure(.cancelled, "before it was sent")))
            }
            transfer.stage = .inLine
            transfer.deadline = now + transfer.request.timeouts.total
            lanes.add(transfer)
        case .cancel(let transfer):
            switch transfer.stage {
            case .new:
                transfer.stage = .cancelledBeforeStart
            case .inLine, .running:
                finish(transfer, .failure(transfer.failure(.cancelled, "the task was cancelled")))
            case .cancelledBeforeStart, .finished:
                break
            }
        }
    }

    private func startNext() {
        guard lanes.canStart else { return }
        // One look at the clock for all: to start one takes microseconds, and limits are in milliseconds.
        let now = MonotonicClock.now()
        while let transfer = lanes.next() {
            transfer.stage = .running
            transfer.startedAt = now
            transfer.needsNewAddress = silentHosts.needsNewAddress(transfer.lane)
            let setup = transfer.setup
            let refusal = transfer.prepare(
                takeSpare(for: setup) ?? EasyHandle(), setup, configuration, poller, now: now,
                maxIdle: maxIdle(transfer, now))
            if let refusal {
                finish(transfer, .failure(transfer.failure(.badRequest, refusal)))
                continue
            }
            guard let easy = transfer.easy?.pointer else { continue }
            transfer.place = running.count
            running.append(transfer)
            let code = curl_multi_add_handle(multi, easy)
            if code != CURLM_OK {
                let words = String(cString: curl_multi_strerror(code))
                finish(transfer, .failure(transfer.failure(.other, words)))
            }
        }
    }

    /// One that is set up for it, if there is one among the last.
    private func takeSpare(for setup: Setup) -> EasyHandle? {
        for index in spare.indices.suffix(Self.sparesTried).reversed() where spare[index].setup == setup {
            spare.swapAt(index, spare.count - 1)
            break
        }
        return spare.popLast()
    }

    /// A connection of HTTP/2 carries many requests and is not idle while one of them is stuck: where a host
    /// is silent, what older requests hold is not joined.
    private func maxIdle(_ transfer: Transfer, _ now: Duration) -> Duration {
        guard !silentHosts.isEmpty else { return Transfer.maxIdle }
        let lane = transfer.lane
        let maxIdle = silentHosts.maxIdle(lane, now: now)
        guard lane.scheme == .https, let silence = silentHosts.silence(lane) else { return maxIdle }
        let isHeld = running.contains { $0.startedAt <= silence && $0.lane == lane }
        return isHeld ? .zero : maxIdle
    }

    private func readResults() {
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = transfer(of: easy)
            else { continue }
            // Now: the message goes with the handle.
            let code = message.pointee.data.result
            let outcome = transfer.outcome(code)
            if case .failure(let error) = outcome { learn(from: error, of: transfer) }
            finish(transfer, outcome)
        }
    }

    private func transfer(of easy: UnsafeMutableRawPointer) -> Transfer? {
        drctl_curl_get_private(easy).flatMap {
            Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue().transfer
        }
    }

    private func learn(from error: TransportError, of transfer: Transfer) {
        switch error.kind {
        case .totalTimeout: silentHosts.timedOut(transfer.lane, at: MonotonicClock.now())
        case .connectionRefused, .connectTimeout, .unreachable, .tlsFailed:
            silentHosts.notReached(transfer.lane)
        default: break
        }
    }

    private func checkLine() {
        guard lanes.isAnyoneInLine else { return }
        let now = MonotonicClock.now()
        guard now >= nextLineCheck else { return }
        nextLineCheck = now + .milliseconds(Int(Self.lineCheckMilliseconds))
        for transfer in lanes.overdue(now) {
            finish(transfer, .failure(transfer.failure(.totalTimeout, "waiting for a free connection")))
        }
    }

    private var pollMilliseconds: CInt {
        lanes.isAnyoneInLine ? Self.lineCheckMilliseconds : Self.idleMilliseconds
    }

    private func finish(_ transfer: Transfer, _ result: consuming Transfer.Result) {
        guard transfer.stage != .finished else { return }
        let wasRunning = transfer.stage == .running
        if let easy = transfer.easy {
            _ = curl_multi_remove_handle(multi, easy.pointer)
            // What a failure has left behind is nobody else's.
            let hasFailed = if case .failure = result { true } else { false }
            keep(easy, asItIs: !hasFailed && transfer.request.body.count <= Self.spareBodyBytes)
        }
        leave(transfer)
        transfer.finish(result)
        finished.append(transfer)
        if wasRunning { lanes.left(transfer.lane) }
    }

    private func leave(_ transfer: Transfer) {
        guard let place = transfer.place else { return }
        transfer.place = nil
        let last = running.removeLast()
        guard last !== transfer else { return }
        running[place] = last
        last.place = place
    }

    private func keep(_ easy: EasyHandle, asItIs: Bool) {
        easy.transfer = nil
        guard spare.count < configuration.maxConnections else { return }
        if !asItIs { easy.reset() }
        spare.append(easy)
    }

    /// Those who wait, once everything is given back.
    private func tell() {
        guard !finished.isEmpty else { return }
        inbox.finished(finished.count)
        // Whoever is told wakes a thread of Swift's, which on a busy machine takes this one's processor,
        // serves that one and sleeps again: two switches a request. Woken once for many, it finds them all.
        if finished.count > 1 {
            Task.detached { [finished] in finished.forEach { $0.tell() } }
        } else {
            finished.forEach { $0.tell() }
        }
        finished = []
    }

    /// Nothing is left behind: whoever waits gets an answer.
    private func end(_ reason: String) {
        inbox.close(reason)
        inbox.stopsWaking()
        _ = takeMessages()
        for transfer in running + lanes.inLine() {
            finish(transfer, .failure(transfer.failure(.shutDown, reason)))
        }
        tell()
        inbox.ended()
    }
}
