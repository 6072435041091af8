// Compiled together with the parsers of Sources/AWS/Protocols.

/// A document is read within its bounds, or refused; errors are read from it or not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXML(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let root = try? XMLDocument.parse(bytes) {
        precondition(depth(root) <= XMLDocument.maxDepth)
        for name in ["Marker", "Port", "IsWriter", "Timestamp"] {
            _ = try? (root.int(name), root.double(name), root.bool(name), root.time(name))
        }
    }
    let fault = XMLFault.read(OperationResponse(status: 400, body: bytes) { _ in nil })
    precondition(fault.map { !$0.code.isEmpty } ?? true)
    return 0
}

private func depth(_ element: XMLElement) -> Int {
    1 + (element.children.map(depth).max() ?? 0)
}
