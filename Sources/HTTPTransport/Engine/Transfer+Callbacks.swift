import CCurl

// libcurl calls these on the engine's thread, from within curl_multi_perform, with the context that
// `setCallbacks` gave.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context else { return nil }
    return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().transfer
}

/// For what is called with every line and every piece of an answer: the handle outlives the call, so that
/// nobody need count who holds it.
private func collecting(
    _ context: UnsafeMutableRawPointer?, _ bytes: UnsafeRawBufferPointer,
    _ take: (inout ResponseCollector, UnsafeRawBufferPointer) -> Bool
) -> Int {
    guard let context else { return 0 }
    return Unmanaged<EasyHandle>.fromOpaque(context)._withUnsafeGuaranteedRef { easy in
        guard let transfer = easy.transfer else { return 0 }
        return take(&transfer.collector, bytes) ? bytes.count : 0
    }
}

/// Returning anything but the count ends the transfer (CURLOPT_HEADERFUNCTION).
func receiveHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    collecting(context, UnsafeRawBufferPointer(start: bytes, count: size * count)) { $0.takeHeaderLine($1) }
}

/// Returning anything but the count ends the transfer (CURLOPT_WRITEFUNCTION).
func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    collecting(context, UnsafeRawBufferPointer(start: bytes, count: size * count)) { $0.takeBody($1) }
}

/// Copies the next part of the body; 0 is its end (CURLOPT_READFUNCTION).
func sendBody(
    _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context), let room else { return 0 }
    let part = transfer.request.body[transfer.bodySent...].prefix(size * count)
    UnsafeMutableRawBufferPointer(start: room, count: size * count).copyBytes(from: part)
    transfer.bodySent += part.count
    return part.count
}

/// libcurl rewinds the body in order to send it again on another connection. Refused for what must not reach
/// the server twice; the transfer then ends with CURLE_SEND_FAIL_REWIND (CURLOPT_SEEKFUNCTION).
func rewindBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: CInt) -> CInt {
    guard let transfer = transfer(context), transfer.request.mayBeRepeated,
        origin == SEEK_SET, offset >= 0, offset <= transfer.request.body.count
    else { return CURL_SEEKFUNC_FAIL }
    transfer.bodySent = Int(offset)
    return CURL_SEEKFUNC_OK
}
