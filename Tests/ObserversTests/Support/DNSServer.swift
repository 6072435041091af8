import Glibc

@testable import Observers

/// A name server on 127.0.0.1 with a fixed zone. It does not follow aliases unless told to.
final class DNSServer: Sendable {
    enum Record: Sendable {
        case ipv4(String, ttl: UInt32)
        case ipv6(String, ttl: UInt32)
        case alias(String, ttl: UInt32)
    }

    enum Behaviour: Sendable {
        case silent
        /// Answers with this response code and nothing else.
        case failing(UInt8)
        case zone([String: [Record]], followsAliases: Bool)
    }

    let server: Resolver.Server
    private let asked = Locked<[String]>([])
    private let stopped = Locked(false)

    init?(_ behaviour: Behaviour) {
        let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
        guard let port = bindToLoopback(descriptor), let server = Resolver.Server("127.0.0.1:\(port)") else {
            return nil
        }
        self.server = server
        let asked = asked
        let stopped = stopped
        guard startThread({ serve(descriptor, behaviour, asked, stopped) }) else { return nil }
    }

    deinit {
        stopped.withLock { $0 = true }
    }

    /// `name type`, in order.
    var questions: [String] { asked.withLock { $0 } }
}

private func serve(
    _ descriptor: CInt, _ behaviour: DNSServer.Behaviour, _ asked: Locked<[String]>, _ stopped: Locked<Bool>
) {
    defer { close(descriptor) }
    while !stopped.withLock({ $0 }) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 50) > 0 else { continue }
        var bytes = [UInt8](repeating: 0, count: 512)
        var sender = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &sender) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                let count = recvfrom(descriptor, &bytes, bytes.count, 0, pointer, &length)
                guard count > 12, let question = DNSMessage(Array(bytes.prefix(count))) else { return }
                asked.withLock { $0.append("\(question.name) \(question.type)") }
                guard let answer = question.answer(behaviour) else { return }
                sendto(descriptor, answer, answer.count, 0, pointer, length)
            }
        }
    }
}

/// A question as it came, and the means to answer it (RFC 1035, 4.1).
private struct DNSMessage {
    let name: String
    let type: UInt8
    private let bytes: [UInt8]
    private let questionEnd: Int

    init?(_ bytes: [UInt8]) {
        var labels: [String] = []
        var index = 12
        while index < bytes.count, bytes[index] != 0 {
            let end = index + 1 + Int(bytes[index])
            guard end < bytes.count else { return nil }
            labels.append(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
            index = end
        }
        guard index + 5 <= bytes.count else { return nil }
        name = labels.joined(separator: ".").lowercased()
        type = bytes[index + 2]
        questionEnd = index + 5
        self.bytes = bytes
    }

    func answer(_ behaviour: DNSServer.Behaviour) -> [UInt8]? {
        switch behaviour {
        case .silent: return nil
        case .failing(let code): return message(code, [])
        case .zone(let zone, let followsAliases):
            guard zone[name] != nil else { return message(3, []) }
            var answers: [[UInt8]] = []
            var owner = name
            // Bounded, since a test's aliases may go in a circle.
            for _ in 0..<16 {
                var next: String?
                for record in zone[owner] ?? [] {
                    switch (record, type) {
                    case (.ipv4(let text, let ttl), 1):
                        answers.append(Self.record(owner, 1, ttl, Self.address(AF_INET, text, 4)))
                    case (.ipv6(let text, let ttl), 28):
                        answers.append(Self.record(owner, 28, ttl, Self.address(AF_INET6, text, 16)))
                    case (.alias(let target, let ttl), _):
                        answers.append(Self.record(owner, 5, ttl, Self.encoded(target)))
                        next = target
                    default: break
                    }
                }
                guard followsAliases, let target = next else { break }
                owner = target
            }
            return message(0, answers)
        }
    }

    private func message(_ code: UInt8, _ answers: [[UInt8]]) -> [UInt8] {
        // QR and RA, one question, so many answers.
        let header = bytes[0..<2] + [0x80, 0x80 | code, 0, 1, 0, UInt8(answers.count), 0, 0, 0, 0]
        return Array(header) + bytes[12..<questionEnd] + answers.joined()
    }

    private static func record(_ owner: String, _ type: UInt8, _ ttl: UInt32, _ data: [UInt8]) -> [UInt8] {
        let seconds = withUnsafeBytes(of: ttl.bigEndian) { Array($0) }
        let length = [UInt8(data.count >> 8), UInt8(data.count & 0xff)]
        return encoded(owner) + [0, type, 0, 1] + seconds + length + data
    }

    private static func encoded(_ name: String) -> [UInt8] {
        name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    private static func address(_ family: CInt, _ text: String, _ size: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        inet_pton(family, text, &bytes)
        return bytes
    }
}
