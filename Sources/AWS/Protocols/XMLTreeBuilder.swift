import CLibXML2

/// Collects libxml2's callbacks into a tree. One builder reads one document, on one thread.
final class XMLTreeBuilder {
    private(set) var root: XMLElement?
    /// Why the document was refused, beyond not being well-formed.
    private(set) var refusal: String?
    var context: xmlParserCtxtPtr?

    private struct Open {
        var name: String
        var text: [UInt8] = []
        var children: [XMLElement] = []
    }

    private var open: [Open] = []
    private var elementCount = 0

    static func handler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        drctl_xml_use_sax2(&handler)
        drctl_xml_silence(&handler)
        handler.internalSubset = { userData, _, _, _ in
            XMLTreeBuilder.from(userData)?.refuse("the body has a document type declaration")
        }
        handler.startElementNs = { userData, name, _, _, _, _, _, _, _ in
            XMLTreeBuilder.from(userData)?.start(name)
        }
        handler.endElementNs = { userData, _, _, _ in
            XMLTreeBuilder.from(userData)?.end()
        }
        handler.characters = { userData, text, count in
            XMLTreeBuilder.from(userData)?.characters(text, count)
        }
        handler.cdataBlock = handler.characters
        handler.ignorableWhitespace = handler.characters
        return handler
    }

    private static func from(_ userData: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
        userData.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    private func refuse(_ reason: String) {
        guard refusal == nil else { return }
        refusal = reason
        open = []
        if let context { xmlStopParser(context) }
    }

    private func start(_ name: UnsafePointer<xmlChar>?) {
        guard refusal == nil, let name else { return }
        elementCount += 1
        if open.count >= XMLDocument.maxDepth {
            return refuse("the body is nested more than \(XMLDocument.maxDepth) elements deep")
        }
        if elementCount > XMLDocument.maxElements {
            return refuse("the body has more than \(XMLDocument.maxElements) elements")
        }
        open.append(Open(name: String(cString: name)))
    }

    private func end() {
        guard refusal == nil, let closed = open.popLast() else { return }
        // Text between children is indentation.
        let text = closed.children.isEmpty ? String(decoding: closed.text, as: UTF8.self) : ""
        let element = XMLElement(name: closed.name, text: text, children: closed.children)
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    private func characters(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard refusal == nil, let text, !open.isEmpty else { return }
        open[open.count - 1].text.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
    }
}
