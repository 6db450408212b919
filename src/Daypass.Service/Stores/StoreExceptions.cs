namespace Daypass.Service.Stores;

/// <summary>
/// The store cannot be used now, or (at start) not at all. The message is one sentence for an operator and names no caller's data. A
/// commit that ends so may have happened: ask with <see cref="IStore.FindCommitAsync"/>.
/// </summary>
internal sealed class StoreUnavailableException(string sentence, Exception? cause = null) : Exception(sentence, cause);

/// <summary>A page cursor that no page of this store ended with: what a client made up or cut.</summary>
internal sealed class InvalidCursorException() : Exception("The cursor is not one that a page ended with.");
