import CLibXML2

/// Reads a response body with libxml2's SAX2 interface. A document type, an entity other than the five of
/// XML, or a document past the bounds is refused: AWS sends none of these, so whoever did is not AWS.
public enum XMLDocument {
    /// The deepest AWS shape in use has about 12 levels.
    static let maxDepth = 48
    /// A page of 100 database instances has about 15,000 elements.
    static let maxElements = 400_000
    /// The transport bounds bodies too; this one holds when a caller forgot.
    static let maxBytes = 32 << 20

    public static func parse(_ bytes: [UInt8]) throws(MalformedResponse) -> XMLElement {
        guard !bytes.isEmpty else { throw MalformedResponse("the body is empty") }
        guard bytes.count <= maxBytes else {
            throw MalformedResponse("the body is larger than \(maxBytes) bytes")
        }
        let builder = XMLTreeBuilder()
        let wellFormed = withExtendedLifetime(builder) { run(bytes, builder) }
        if let refusal = builder.refusal { throw MalformedResponse(refusal) }
        guard wellFormed, let root = builder.root else {
            throw MalformedResponse("the body is not well-formed XML")
        }
        return root
    }

    private static func run(_ bytes: [UInt8], _ builder: XMLTreeBuilder) -> Bool {
        _ = libraryIsReady
        var handler = XMLTreeBuilder.handler()
        let opaque = Unmanaged.passUnretained(builder).toOpaque()
        // The handler is copied into the context, so that it may end before the context does.
        guard let context = xmlCreatePushParserCtxt(&handler, opaque, nil, 0, nil) else { return false }
        defer { xmlFreeParserCtxt(context) }
        builder.context = context
        // No network, ever; CDATA comes as plain text. Without XML_PARSE_HUGE libxml2's own limits stay on.
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue)
        guard xmlCtxtUseOptions(context, options) == 0 else { return false }
        let status = bytes.withUnsafeBytes { raw in
            xmlParseChunk(context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 1)
        }
        return status == 0 && context.pointee.wellFormed == 1
    }

    /// libxml2 wants to be initialised once before threads use it.
    private static let libraryIsReady: Void = xmlInitParser()
}
