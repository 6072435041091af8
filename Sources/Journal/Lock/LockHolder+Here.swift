import Failover

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension LockHolder {
    /// This process.
    static func here(name: String, since: Timestamp) -> LockHolder {
        LockHolder(name: name, pid: getpid(), host: thisHost, since: since)
    }

    /// The kernel's name for this host; empty when it has none.
    static var thisHost: String {
        // POSIX allows 255 bytes and no terminator when the name is cut: one zero more ends it in any case.
        var name = [CChar](repeating: 0, count: 257)
        guard gethostname(&name, 256) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
