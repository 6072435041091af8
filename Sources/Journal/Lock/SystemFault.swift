#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What an `errno` means for a journal.
enum SystemFault {
    static func cause(_ number: Int32, _ file: String) -> JournalError.Cause {
        let detail = "\(file): \(text(number))"
        return switch number {
        case ENOSPC, EDQUOT: .diskFull
        case EACCES, EPERM, EROFS: .notWritable(detail: detail)
        case EIO: .inputOutput(detail: detail)
        default: .refused(detail: detail)
        }
    }

    /// In the words of the C library; `strerror_r`, because `strerror` is not safe between threads.
    static func text(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &buffer, buffer.count - 1) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
