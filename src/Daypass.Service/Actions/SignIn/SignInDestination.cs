using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.SignIn;

/// <summary>
/// Where a person goes on after signing in: a path of this installation's own address. Any other would make it a place that sends people on
/// to whoever wrote the link.
/// </summary>
internal static class SignInDestination
{
    /// <summary>The destination as an absolute URL; null for none.</summary>
    /// <exception cref="ApiException">InvalidParameterValue: it leads away, or is no http address.</exception>
    public static string? Check(string? destination, string? publicUrl)
    {
        if (destination is null)
            return null;
        // What a browser would read otherwise than Uri does never gets as far: it takes a backslash for a slash, and drops tabs and line ends.
        if (publicUrl is not null && !destination.AsSpan().ContainsAny(Odd) && !destination.AsSpan().ContainsAnyInRange('\0', ' ') && !destination.AsSpan().ContainsAnyExceptInRange('\0', '~')
            && Uri.TryCreate(new Uri(publicUrl), destination, out var url) && url.UserInfo.Length == 0
            && url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) == publicUrl)
            return url.AbsoluteUri;
        throw Errors.InvalidParameterValue(publicUrl is null
            ? "This server does not know the address that others reach it by, so there is no place to go on to: leave Destination out. Its operator sets the address with --public-url."
            : $"Destination must be a place under {publicUrl}/, and no other.");
    }

    private static readonly System.Buffers.SearchValues<char> Odd = System.Buffers.SearchValues.Create("\\\"<>^`{|}");
}
