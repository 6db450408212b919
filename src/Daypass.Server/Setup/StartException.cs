namespace Daypass.Server.Setup;

/// <summary>The server cannot start, and one sentence says why and what to change.</summary>
internal sealed class StartException(string sentence) : Exception(sentence);
