using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>Random sets of all types of policy, and requests of all kinds of caller. The seed makes a run repeatable.</summary>
internal sealed class AdversarialPolicies
{
    private const string Provider = "arn:aws:iam::111111111111:oidc-provider/idp.example.com";

    private static readonly Principal[] Callers =
    [
        Requests.User, Requests.User, Requests.Session, Requests.Session, Requests.Federated, Requests.Root, Principal.Anonymous,
        Principal.Federated(PrincipalKind.WebIdentity, Provider), Principal.Federated(PrincipalKind.Saml, "p"), Principal.Service("ec2.amazonaws.com"),
        Principal.User(Requests.Other, "arn:aws:iam::222222222222:user/eve", "AIDAEXAMPLEEXAMPLE009"),
        Principal.RoleSession(Requests.Account, Requests.SessionArn, Requests.RoleArn, "AROAEXAMPLEEXAMPLE999"),
    ];

    private static readonly string[] Aws =
        ["*", "111111111111", "arn:aws:iam::111111111111:root", "222222222222", Requests.UserArn, Requests.RoleArn, Requests.SessionArn, Requests.FederatedArn, Requests.UserId, Requests.RoleId];

    private static readonly string[] Actions = ["s3:GetObject", "s3:PutObject", "S3:GETOBJECT", "ec2:RunInstances", "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sqs:SendMessage", "s3", "*", ":GetObject"];

    private static readonly Dictionary<string, string> Bindings = new(StringComparer.Ordinal) { [Requests.UserArn] = Requests.UserId, [Requests.RoleArn] = Requests.RoleId, [Requests.SessionArn] = Requests.RoleId };

    private readonly Random _random;
    private readonly AdversarialText _text;
    private readonly bool _isTrust;

    public AdversarialPolicies(int seed)
    {
        _random = new Random(seed);
        _text = new AdversarialText(_random);
        _isTrust = _text.Chance(5);
    }

    public PolicySet Set() => new()
    {
        Identity = Some(PolicyType.Identity, 4),
        Boundary = _text.Chance(3) ? Policy(PolicyType.Boundary) : null,
        Session = _text.Chance(3) ? Some(PolicyType.Session, 3) : null,
        Resource = _isTrust ? [Policy(PolicyType.Trust)] : Some(PolicyType.Resource, 3),
        ServiceControl = [.. Enumerable.Range(0, _text.Chance(4) ? 2 : 0).Select(_ => Some(PolicyType.ServiceControl, 3))],
        ResourceControl = [.. Enumerable.Range(0, _text.Chance(5) ? 2 : 0).Select(_ => Some(PolicyType.ResourceControl, 3))],
    };

    public AccessRequest Request() => new(
        _text.One(Callers),
        _isTrust && !_text.Chance(4) ? "sts:AssumeRole" : _text.One(Actions),
        _text.Chance(8) ? _text.One(AdversarialText.Asked) + "/x" : _text.One(AdversarialText.Asked),
        _text.Chance(4) ? Requests.Other : _text.Chance(30) ? default : Requests.Account,
        Context(),
        _isTrust || _text.Chance(20));

    private RequestContext Context()
    {
        var parent = _text.Chance(2) ? Fill(new RequestContext()) : null;
        return Fill(new RequestContext(parent, 2));
    }

    private RequestContext Fill(RequestContext context)
    {
        foreach (var key in AdversarialText.Keys)
        {
            if (_text.Chance(2))
                continue;
            if (key == "aws:TagKeys" || _text.Chance(12))
                context.SetList(key, [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => _text.Value(key))]);
            else
                context.Set(key, _text.Value(key));
        }
        return context;
    }

    private Policy[] Some(PolicyType type, int most) => [.. Enumerable.Range(0, _random.Next(0, most)).Select(_ => Policy(type))];

    public Policy Policy(PolicyType type)
    {
        var statements = new List<string>();
        // Some have more statements than one block of the index.
        var count = _text.Chance(300) ? _random.Next(60, 140) : _random.Next(1, 5);
        // What is never allowed at all proves little.
        if (_text.Chance(2))
            statements.Add(Wide(type));
        while (statements.Count < count)
        {
            var statement = Statement(type);
            if (PolicyDocument.TryParse(Document(type, [statement]), type, out _) is not null)
                statements.Add(statement);
        }
        var bindings = type is PolicyType.Trust or PolicyType.Resource && _text.Chance(2) ? Bindings : null;
        return new(PolicyDocument.Parse(Document(type, statements), type), "p", null, bindings);
    }

    private string Document(PolicyType type, IReadOnlyList<string> statements)
    {
        var isOld = type is PolicyType.Resource or PolicyType.Session && statements.Count > 1 && statements[0].Length % 5 == 0;
        return $"{{{(isOld ? "" : "\"Version\":\"2012-10-17\",")}\"Statement\":[{string.Join(',', statements)}]}}";
    }

    private string Wide(PolicyType type) => type switch
    {
        PolicyType.Trust => $"{{\"Effect\":\"Allow\",{Named()},\"Action\":\"sts:*\"}}",
        PolicyType.Resource => $"{{\"Effect\":\"Allow\",{Named()},\"Action\":\"*\",\"Resource\":\"*\"}}",
        PolicyType.ResourceControl => "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
        _ => "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
    };

    private string Statement(PolicyType type)
    {
        var effect = type == PolicyType.ResourceControl || _text.Chance(6) ? "Deny" : "Allow";
        var principal = type switch
        {
            PolicyType.ResourceControl => "\"Principal\":\"*\"",
            PolicyType.Trust => Named(),
            PolicyType.Resource => _text.Chance(20) ? null : _text.Chance(5) ? Named().Replace("\"Principal\"", "\"NotPrincipal\"", StringComparison.Ordinal) : Named(),
            _ => null,
        };
        return _text.Statement(effect, principal, type == PolicyType.Trust, type == PolicyType.Resource, type is not (PolicyType.Trust or PolicyType.ResourceControl));
    }

    private string Named() => _random.Next(8) switch
    {
        0 => "\"Principal\":\"*\"",
        1 => $"\"Principal\":{{\"Federated\":[\"{Provider}\",\"p\"],\"AWS\":\"{_text.One(Aws)}\"}}",
        2 => "\"Principal\":{\"Service\":\"ec2.amazonaws.com\",\"CanonicalUser\":\"x\"}",
        _ => $"\"Principal\":{{\"AWS\":{_text.List(() => _text.One(Aws))}}}",
    };
}
