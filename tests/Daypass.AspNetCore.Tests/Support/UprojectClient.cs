using Daypass.Testing;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>Callers that the node knows, with a signer that shares nothing with the library.</summary>
internal static class UprojectClient
{
    public static UprojectKey KeyOf(KnownCaller caller) => new(caller.AccessKeyId, caller.Secret, caller.Token);

    /// <summary>The parameters of a form that was sent.</summary>
    public static (string Name, string Value)[] ParametersOf(HttpRequestMessage request)
    {
        var form = System.Web.HttpUtility.ParseQueryString(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
        return [.. form.AllKeys.Select(name => (name!, form[name]!))];
    }
}
