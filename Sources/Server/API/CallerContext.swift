import Hummingbird

/// A request, with who asks.
struct CallerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var caller = Caller.nobody

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
