namespace Daypass.Service.Actions.Uproject.Account;

/// <summary>The request of an action without parameters.</summary>
internal sealed record NoRequest
{
    public static readonly NoRequest Instance = new();
}
