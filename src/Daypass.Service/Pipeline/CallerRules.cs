using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>What a credential may call whatever policies say.</summary>
internal static class CallerRules
{
    public static void Check(Caller caller, ApiAction action)
    {
        switch (caller.Session)
        {
            // AWS answers as if the token were unknown, not with AccessDenied.
            case { Kind: SessionKind.User, MfaAt: null } when action.IsOfIam:
            case { Kind: SessionKind.FederatedUser } when action.IsOfIam:
                throw Errors.UnknownKey();
            case { Kind: SessionKind.User } when action.Service.Name == "sts" && action.Name is not ("AssumeRole" or "GetCallerIdentity"):
            case { Kind: SessionKind.FederatedUser } when action.Service.Name == "sts" && action.Name is not "GetCallerIdentity":
            case { Kind: SessionKind.AssumedRole } when action.Service.Name == "sts" && action.Name is "GetSessionToken" or "GetFederationToken":
            case { Kind: SessionKind.AssumedRoot } when action.Service.Name == "sts" && action.Name is "GetSessionToken" or "GetFederationToken" or "AssumeRoot":
                throw Errors.AccessDenied($"Cannot call {action.Name} with session credentials");
        }
    }
}
