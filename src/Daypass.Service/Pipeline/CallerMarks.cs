using Daypass.Service.Directories;
using Daypass.Service.Usage;

namespace Daypass.Service.Pipeline;

/// <summary>What a proven caller leaves behind: its accounts stay in memory, and its key or role was used. Called by: the pipeline.</summary>
internal static class CallerMarks
{
    /// <summary>Keeps the caller's account in memory, and those on the way to it: whoever led to a caller in use is looked at with each of its calls.</summary>
    public static void Keep(DirectoryCache directories, Caller caller)
    {
        directories.MarkUsed(caller.Account);
        if (caller.Session is not { Chain: var chain })
            return;
        for (var i = 0; i < chain.Count; i++)
        {
            if (chain[i].Account != caller.Account)
                directories.MarkUsed(chain[i].Account);
        }
    }

    /// <summary>Notes when and for which service a long-term key, or the role of a session, was used last.</summary>
    public static void Mark(LastUsedMarks usage, Caller caller, ApiAction action, DateTimeOffset now)
    {
        if (caller.Session is null)
            usage.Mark(caller.AccessKeyId, now, action.Service.Name);
        else if (caller.Role is { } role)
            usage.Mark(role.Id, now, action.Service.Name);
    }

    /// <summary>Notes a certificate that came for a session, and whether it got one.</summary>
    public static void Note(SubjectRegister subjects, Caller? caller, bool isLetIn)
    {
        if (caller?.Federation?.Certificate is { } certificate)
            subjects.Note(caller.Account, certificate, isLetIn);
    }
}
