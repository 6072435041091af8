extension String {
    /// The bytes in place, where the string has them in one piece, as every string made here does.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's own function forgets which error is thrown.
        let outcome = utf8.withContiguousStorageIfAvailable { bytes in
            Swift.Result<Result, Failure> { () throws(Failure) in try body(bytes) }
        }
        if let outcome { return try outcome.get() }
        let copy = Array(utf8)
        return try copy.withUnsafeBufferPointer { bytes throws(Failure) in try body(bytes) }
    }
}

extension [UInt8] {
    mutating func append(_ text: String) {
        text.withBytes { append(contentsOf: $0) }
    }
}
