using Daypass.Names;

namespace Daypass.Service.Directories;

/// <summary>
/// A project: what bindings of policies may be limited to. Daypass keeps its name and nothing else; which resource is in which project is known to
/// the services that have them.
/// </summary>
internal sealed record Project
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int DefaultLength = 8;

    /// <summary>How ids begin.</summary>
    public const string Prefix = "org-";

    /// <summary>The letters behind the prefix in ids that are drawn: more than those of an account's default project have.</summary>
    public const int DrawnLength = 10;

    public const string DefaultName = "Default";

    public int Schema { get; init; } = 1;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// The id of the project that every account has, and that a request means which names none: computed from the account's number, so that
    /// nobody must write it down before it can be spoken of.
    /// </summary>
    public static string DefaultOf(AccountId account)
    {
        var (id, rest) = (new char[DefaultLength], account.Number);
        for (var i = DefaultLength - 1; i >= 0; i--)
        {
            id[i] = Letters[(int)(rest % Letters.Length)];
            rest /= Letters.Length;
        }
        return Prefix + new string(id);
    }
}
