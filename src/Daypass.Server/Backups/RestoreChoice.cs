using Daypass.Server.Setup;

namespace Daypass.Server.Backups;

/// <summary>
/// What an operator lets live on of the credentials that a backup brings back. A backup does not know what was revoked after it was made,
/// so by default nothing of it works: whoever should have access gets it anew.
/// </summary>
internal sealed record RestoreChoice
{
    public const string NoSessions = "none";
    public const string SessionsBeforeBackup = "before-backup";
    public const string AllSessions = "all";

    private static readonly string[] AllOfThem = [NoSessions, SessionsBeforeBackup, AllSessions];

    /// <summary>Which sessions are still accepted; one of the three above.</summary>
    public string Sessions { get; init; } = NoSessions;

    /// <summary>Whether access keys are active if they were so in the backup.</summary>
    public bool KeepsAccessKeys { get; init; }

    /// <summary>What the store that was there before says; null when it is not to be had.</summary>
    public PreviousStore? Previous { get; init; }

    /// <summary>The user of the first account who gets a new access key; null for the first administrator there is.</summary>
    public string? Administrator { get; init; }

    /// <summary>The word for the record.</summary>
    public string AccessKeys => KeepsAccessKeys ? "all" : Previous is not null ? "previous" : "inactive";

    /// <exception cref="StartException">The options contradict each other.</exception>
    public static RestoreChoice Of(CommandArguments arguments)
    {
        var sessions = arguments.Find("--keep-sessions") ?? NoSessions;
        if (!AllOfThem.Contains(sessions))
            throw new StartException($"The value '{sessions}' does not fit --keep-sessions: none, before-backup or all.");
        if (arguments.Has("--keep-access-keys") && arguments.Has("--previous"))
            throw new StartException("--keep-access-keys and --previous are two answers to one question: which access keys are active. Give one of them.");
        return new RestoreChoice { Sessions = sessions, KeepsAccessKeys = arguments.Has("--keep-access-keys"), Administrator = arguments.Find("--administrator") };
    }
}
