// Compiled together with the readers of Sources/AWS/Credentials.

/// The shared files, command lines and times that people and programs write.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProfiles(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    if let file = try? INIFile(text) {
        precondition(Set(file.order).count == file.order.count)
        for section in file.order { precondition(file.sections[section] != nil) }
    }
    if let words = ShellWords.split(text) { precondition(words.joined().utf8.count <= text.utf8.count) }
    if let time = WallTime(iso8601: text) { precondition(WallTime(iso8601: "\(time)") != nil) }
    _ = WallTime(httpDate: text)
    return 0
}
