import CCurl

// libcurl calls these on the engine's thread, from within curl_multi_perform, with the context that
// `setCallbacks` gave.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context else { return nil }
    return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().transfer
}

/// Returning anything but the count ends the transfer (CURLOPT_HEADERFUNCTION).
func receiveHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return 0 }
    let taken = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.collector.takeHeaderLine(taken) ? taken.count : 0
}

/// Returning anything but the count ends the transfer (CURLOPT_WRITEFUNCTION).
func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return 0 }
    let taken = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.collector.takeBody(taken) ? taken.count : 0
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
