// Compiled together with the parsers of Sources/AWS/Protocols.

/// What is read can be written and read again, and is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let value = try? JSONReader.parse(bytes) {
        let again = try? JSONReader.parse(Array(value.text.utf8))
        precondition(again == value)
        _ = value.leaves
    }
    let fault = JSONFault.read(OperationResponse(status: 400, body: bytes) { _ in nil })
    precondition(fault.map { !$0.code.isEmpty } ?? true)
    return 0
}
