namespace Daypass.Cli.Tour;

/// <summary>A step did not do what the tour says it does.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
