namespace Daypass.Cli;

/// <summary>What the process ends with; 254 is what aws gives for an error of the service.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command line is wrong, there are no credentials, or the server cannot be reached.</summary>
    public const int Failure = 1;

    /// <summary>The question was answered, and the answer is no: a token that would be refused, a trust that is open.</summary>
    public const int AnswerIsNo = 1;

    /// <summary>The same as <see cref="Failure"/>, of commands whose 1 is an answer: a script must not take a typing error for one.</summary>
    public const int NotAsked = 2;

    /// <summary>What <c>daypass exec</c> shall run cannot be run; as shells say it.</summary>
    public const int CannotRun = 126;

    /// <summary>What <c>daypass exec</c> shall run is not there; as shells say it.</summary>
    public const int NoSuchProgram = 127;

    /// <summary>The service was reached and refused.</summary>
    public const int ServiceError = 254;
}
