using Daypass.Jose;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Oidc;

/// <summary>The faults of tokens in AWS's words.</summary>
internal static class TokenErrors
{
    public static ApiException Of(JwtFault fault) => fault.Code switch
    {
        JwtFaultCode.Malformed => Errors.InvalidIdentityToken("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)", fault.Message),
        JwtFaultCode.Expired => Errors.ExpiredIdentity(fault.Message),
        JwtFaultCode.WrongAudience => Errors.WrongAudience(),
        JwtFaultCode.UnknownKey => Errors.NoVerificationKey(fault.Message),
        _ => Errors.InvalidIdentityToken(fault.Message),
    };
}
