namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>The vendors whose tokens people and workloads come with.</summary>
internal static class VendorTokens
{
    private const string Tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private const string OtherTenant = "bbbbcccc-1111-dddd-2222-eeee3333ffff";
    private const string Client = "00001111-aaaa-2222-bbbb-3333cccc4444";
    private const string V2 = $"login.microsoftonline.com/{Tenant}/v2.0";
    private const string V1 = $"sts.windows.net/{Tenant}/";

    // Entra's sets have the certificate beside the numbers, and say which issuers a key is for.
    private const string EntraKeys = """
        {"keys":[{"kty":"RSA","use":"sig","kid":"other-key-EXAMPLE","x5t":"other-key-EXAMPLE","n":"{OTHER}","e":"AQAB","x5c":["{X5C}"],"cloud_instance_name":"microsoftonline.com","issuer":"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"},
        {"kty":"RSA","use":"sig","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","x5t":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","n":"{N}","e":"AQAB","x5c":["{X5C}"],"cloud_instance_name":"microsoftonline.com","issuer":"https://login.microsoftonline.com/{tenantid}/v2.0"}]}
        """;

    private const string PlainKeys = """{"keys":[{"kty":"RSA","alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","use":"sig","e":"AQAB","n":"{N}"},{"kty":"RSA","alg":"RS256","kid":"next","use":"sig","e":"AQAB","n":"{OTHER}"}]}""";
    private const string GoogleKeys = """{"keys":[{"e":"AQAB","use":"sig","kid":"next","kty":"RSA","n":"{OTHER}","alg":"RS256"},{"kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","e":"AQAB","alg":"RS256","n":"{N}","kty":"RSA","use":"sig"}]}""";
    private const string GitHubKeys = """{"keys":[{"n":"{N}","kty":"RSA","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","alg":"RS256","e":"AQAB","use":"sig","x5c":["{X5C}"],"x5t":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}]}""";

    public static readonly IReadOnlyDictionary<string, Vendor> All = new Dictionary<string, Vendor>
    {
        ["Entra ID, version 2.0, a person"] = new(
            "https://" + V2, Client, """{"typ":"JWT","alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}""",
            $$"""{"aud":"{{Client}}","iss":"https://{{V2}}","iat":"IAT","nbf":"NBF","exp":"EXP","acct":0,"aio":"AWQAm/8ZAAAAEXAMPLE","groups":["11112222-bbbb-3333-cccc-4444dddd5555"],"name":"Alice Example","nonce":"n-EXAMPLE","oid":"aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb","preferred_username":"alice@contoso.example","rh":"1.AXEAEXAMPLE.","roles":["deploy"],"sid":"00aa00aa-bb11-cc22-dd33-44ee44ee44ee","sub":"AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ","tid":"{{Tenant}}","upn":"alice@contoso.example","uti":"bPq9EXAMPLE","ver":"2.0"}""",
            EntraKeys, GuidePolicies.Of("entra.md", "\"deploy\""))
        {
            Keys = [(V2 + ":oid", "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"), (V2 + ":tid", Tenant), (V2 + ":ver", "2.0"), (V2 + ":acct", "0"), (V2 + ":roles", "deploy"), (V2 + ":sub", "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ")],
            Others =
            [
                ("another tenant", Tenant, OtherTenant, "InvalidIdentityToken"),
                ("the personal accounts' tenant", Tenant, "9188040d-6c67-4c5b-b112-36a304b66dad", "InvalidIdentityToken"),
                ("a guest", "\"acct\":0", "\"acct\":1,\"idp\":\"https://sts.windows.net/bbbbcccc-1111-dddd-2222-eeee3333ffff/\"", "AccessDenied"),
                ("somebody without the role", "\"roles\":[\"deploy\"]", "\"roles\":[\"read\"]", "AccessDenied"),
                ("somebody without any role", "\"roles\":[\"deploy\"],", "", "AccessDenied"),
                ("another application", Client, "99990000-aaaa-2222-bbbb-3333cccc4444", "InvalidIdentityToken"),
                ("an issuer of version 1", $"https://{V2}", $"https://{V1}", "InvalidIdentityToken"),
            ],
        },
        ["Entra ID, version 1.0, an application"] = new(
            "https://" + V1, "api://" + Client, """{"typ":"JWT","alg":"RS256","x5t":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}""",
            $$"""{"aud":"api://{{Client}}","iss":"https://{{V1}}","iat":"IAT","nbf":"NBF","exp":"EXP","aio":"k2RgEXAMPLE==","appid":"55556666-ffff-7777-aaaa-8888bbbb9999","appidacr":"1","idp":"https://{{V1}}","oid":"cccccccc-2222-3333-4444-dddddddddddd","rh":"1.AXEAEXAMPLE.","roles":["deploy"],"sub":"cccccccc-2222-3333-4444-dddddddddddd","tid":"{{Tenant}}","uti":"mQ8EXAMPLE","ver":"1.0"}""",
            EntraKeys, GuidePolicies.Of("entra.md", ":appid\""))
        {
            Keys = [(V1 + ":appid", "55556666-ffff-7777-aaaa-8888bbbb9999"), (V1 + ":ver", "1.0"), (V1 + ":idp", "https://" + V1)],
            Others =
            [
                ("another tenant", Tenant, OtherTenant, "InvalidIdentityToken"),
                ("another application of the tenant", "55556666-ffff-7777-aaaa-8888bbbb9999", "66667777-ffff-7777-aaaa-8888bbbb9999", "AccessDenied"),
                ("a token for another API", "api://" + Client, "https://graph.microsoft.com", "InvalidIdentityToken"),
                ("a token of a person", "\"appidacr\":\"1\"", "\"appidacr\":\"0\",\"upn\":\"alice@contoso.example\",\"unique_name\":\"alice@contoso.example\",\"scp\":\"user_impersonation\",\"amr\":[\"pwd\"]", ""),
            ],
        },
        ["Google Workspace, a person"] = new(
            "https://accounts.google.com", "444455556666-example.apps.googleusercontent.com", """{"alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","typ":"JWT"}""",
            """{"iss":"https://accounts.google.com","azp":"444455556666-example.apps.googleusercontent.com","aud":"444455556666-example.apps.googleusercontent.com","sub":"110169484474386276334","hd":"example.com","email":"alice@example.com","email_verified":true,"at_hash":"HK6E_P6Dh8Y93mRNtsDB1Q","nonce":"0394852-3190485-2490358","name":"Alice Example","picture":"https://lh3.googleusercontent.com/a/EXAMPLE","given_name":"Alice","family_name":"Example","iat":"IAT","exp":"EXP"}""",
            GoogleKeys, GuidePolicies.Of("google.md", ":hd\""))
        {
            Keys = [("accounts.google.com:sub", "110169484474386276334"), ("accounts.google.com:email_verified", "true"), ("accounts.google.com:oaud", "444455556666-example.apps.googleusercontent.com")],
            Others =
            [
                ("another Workspace", "\"hd\":\"example.com\"", "\"hd\":\"evil.example.net\"", "AccessDenied"),
                ("a personal account with an address of the domain", "\"hd\":\"example.com\",", "", "AccessDenied"),
                ("an address that was not verified", "\"email_verified\":true", "\"email_verified\":false", "AccessDenied"),
                ("another application", "444455556666-example", "999955556666-example", "InvalidIdentityToken"),
                ("another application that asked for this one's audience", "\"azp\":\"444455556666-example", "\"azp\":\"999955556666-example", "InvalidIdentityToken"),
                ("the issuer without a scheme, as Google once wrote it", "\"iss\":\"https://accounts", "\"iss\":\"accounts", "InvalidIdentityToken"),
            ],
        },
        ["Google Cloud, a service account"] = new(
            "https://accounts.google.com", "107517467455664443765", """{"alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","typ":"JWT"}""",
            """{"aud":"daypass.example.com","azp":"107517467455664443765","email":"deploy@acme-prod.iam.gserviceaccount.com","email_verified":true,"exp":"EXP","google":{"compute_engine":{"instance_creation_timestamp":1719485412,"instance_id":"1234567890123456789","instance_name":"builder","project_id":"acme-prod","project_number":739419398126,"zone":"europe-west3-a"}},"iat":"IAT","iss":"https://accounts.google.com","sub":"107517467455664443765"}""",
            GoogleKeys, GuidePolicies.Of("google.md", ":oaud\""))
        {
            Keys = [("accounts.google.com:aud", "107517467455664443765"), ("accounts.google.com:oaud", "daypass.example.com"), ("accounts.google.com:email", "deploy@acme-prod.iam.gserviceaccount.com")],
            Others =
            [
                ("another service account", "107517467455664443765", "207517467455664443765", "InvalidIdentityToken"),
                ("a token for another audience", "\"aud\":\"daypass.example.com\"", "\"aud\":\"https://other.example.com\"", "AccessDenied"),
            ],
        },
        ["Okta, a custom authorization server"] = new(
            "https://acme.okta.com/oauth2/default", "0oa1example2client34", """{"kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","alg":"RS256"}""",
            """{"sub":"00u1example2user345","name":"Alice Example","email":"alice@acme.example","ver":1,"iss":"https://acme.okta.com/oauth2/default","aud":"0oa1example2client34","iat":"IAT","exp":"EXP","jti":"ID.EXAMPLE-jti","amr":["mfa","otp","pwd"],"idp":"00o1example2idp3456","nonce":"n-EXAMPLE","preferred_username":"alice@acme.example","auth_time":1719485400,"at_hash":"preview_at_hash","groups":["Everyone","daypass-deploy"]}""",
            PlainKeys, GuidePolicies.Of("okta.md", ":groups\""))
        {
            Keys = [("acme.okta.com/oauth2/default:ver", "1"), ("acme.okta.com/oauth2/default:idp", "00o1example2idp3456"), ("acme.okta.com/oauth2/default:sub", "00u1example2user345")],
            Others =
            [
                ("another organization", "https://acme.okta.com", "https://evil.okta.com", "InvalidIdentityToken"),
                ("the organization's own server", "/oauth2/default", "", "InvalidIdentityToken"),
                ("another authorization server", "/oauth2/default", "/oauth2/aus1example", "InvalidIdentityToken"),
                ("somebody of no group", "\"daypass-deploy\"", "\"daypass-read\"", "AccessDenied"),
                ("another application", "0oa1example2client34", "0oa9example2client34", "InvalidIdentityToken"),
            ],
        },
        ["Okta, the organization's server"] = new(
            "https://acme.okta.com", "0oa1example2client34", """{"kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","alg":"RS256"}""",
            """{"sub":"00u1example2user345","ver":1,"iss":"https://acme.okta.com","aud":"0oa1example2client34","iat":"IAT","exp":"EXP","jti":"ID.EXAMPLE-jti","amr":["pwd"],"idp":"00o1example2idp3456","auth_time":1719485400,"at_hash":"preview_at_hash"}""",
            PlainKeys, FederatedTrust("acme.okta.com", """{"StringEquals":{"acme.okta.com:sub":"00u1example2user345"}}"""))
        {
            Keys = [("acme.okta.com:amr", "pwd")],
            Others = [("a custom server of it", "https://acme.okta.com", "https://acme.okta.com/oauth2/default", "InvalidIdentityToken"), ("somebody else", "00u1example2user345", "00u9example2user345", "AccessDenied")],
        },
        ["GitHub Actions"] = new(
            "https://token.actions.githubusercontent.com", "sts.amazonaws.com", """{"typ":"JWT","alg":"RS256","x5t":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}""",
            """{"jti":"example-id","sub":"repo:acme/app:ref:refs/heads/main","aud":"sts.amazonaws.com","ref":"refs/heads/main","sha":"0000000000000000000000000000000000000000","repository":"acme/app","repository_owner":"acme","repository_owner_id":"65","run_id":"1234567890","run_number":"10","run_attempt":"1","repository_visibility":"private","repository_id":"74","actor_id":"12","actor":"octocat","workflow":"deploy","head_ref":"","base_ref":"","event_name":"push","ref_protected":"true","ref_type":"branch","workflow_ref":"acme/app/.github/workflows/deploy.yml@refs/heads/main","workflow_sha":"0000000000000000000000000000000000000000","job_workflow_ref":"acme/app/.github/workflows/deploy.yml@refs/heads/main","job_workflow_sha":"0000000000000000000000000000000000000000","runner_environment":"github-hosted","iss":"https://token.actions.githubusercontent.com","nbf":"NBF","exp":"EXP","iat":"IAT"}""",
            GitHubKeys, GuidePolicies.Of("github-actions.md", "repo:acme/app:ref"))
        {
            Keys = [("token.actions.githubusercontent.com:repository", "acme/app"), ("token.actions.githubusercontent.com:job_workflow_ref", "acme/app/.github/workflows/deploy.yml@refs/heads/main")],
            Others =
            [
                ("somebody else's repository", "acme/app", "acme-evil/app", "AccessDenied"),
                ("another branch", ":ref:refs/heads/main", ":ref:refs/heads/feature", "AccessDenied"),
                ("a pull request", ":ref:refs/heads/main", ":pull_request", "AccessDenied"),
                ("a token for another audience", "\"aud\":\"sts.amazonaws.com\"", "\"aud\":\"https://github.com/acme\"", "InvalidIdentityToken"),
            ],
        },
        ["GitLab"] = new(
            "https://gitlab.com", "https://daypass.example.com", """{"kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","typ":"JWT","alg":"RS256"}""",
            """{"namespace_id":"72","namespace_path":"acme","project_id":"20","project_path":"acme/app","user_id":"1","user_login":"sample-user","user_email":"sample-user@example.com","user_access_level":"developer","job_project_id":"20","job_project_path":"acme/app","job_namespace_id":"72","job_namespace_path":"acme","pipeline_id":"574","pipeline_source":"push","job_id":"302","ref":"main","ref_type":"branch","ref_path":"refs/heads/main","ref_protected":"true","groups_direct":["acme"],"environment":"production","environment_protected":"false","deployment_tier":"production","environment_action":"start","runner_id":1,"runner_environment":"gitlab-hosted","sha":"714a629c0b401fdce83e847fc9589983fc6f46bc","project_visibility":"private","ci_config_ref_uri":"gitlab.com/acme/app//.gitlab-ci.yml@refs/heads/main","ci_config_sha":"714a629c0b401fdce83e847fc9589983fc6f46bc","jti":"235b3a54-b797-45c7-ae9a-f72d7bc6ef5b","iss":"https://gitlab.com","iat":"IAT","nbf":"NBF","exp":"EXP","sub":"project_path:acme/app:ref_type:branch:ref:main","aud":"https://daypass.example.com"}""",
            PlainKeys, FederatedTrust("gitlab.com", """{"StringLike":{"gitlab.com:sub":"project_path:acme/app:ref_type:branch:ref:main"},"StringEquals":{"gitlab.com:ref_protected":"true"}}"""))
        {
            Keys = [("gitlab.com:runner_id", "1"), ("gitlab.com:groups_direct", "acme")],
            Others = [("somebody else's project", "acme/app", "acme-evil/app", "AccessDenied"), ("a branch without protection", "\"ref_protected\":\"true\"", "\"ref_protected\":\"false\"", "AccessDenied")],
        },
        ["Kubernetes"] = new(
            "https://kubernetes.default.svc.cluster.local", "daypass", """{"alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}""",
            """{"aud":["daypass"],"exp":"EXP","iat":"IAT","iss":"https://kubernetes.default.svc.cluster.local","jti":"ea28ed49-2e11-4280-9ec5-bc3d1d84661a","kubernetes.io":{"namespace":"prod","node":{"name":"node-1","uid":"646e7c5e-32d6-4d42-9dbd-e504e6cbe6b1"},"pod":{"name":"reports-0","uid":"5e0bd49b-f040-43b0-99b7-22765a53f7f3"},"serviceaccount":{"name":"reports","uid":"14ee3fa4-a7e2-420f-9f9a-dbc4507c3798"}},"nbf":"NBF","sub":"system:serviceaccount:prod:reports"}""",
            """{"keys":[{"use":"sig","kty":"RSA","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ","alg":"RS256","n":"{N}","e":"AQAB"}]}""",
            FederatedTrust("kubernetes.default.svc.cluster.local", """{"StringEquals":{"kubernetes.default.svc.cluster.local:sub":"system:serviceaccount:prod:reports","kubernetes.default.svc.cluster.local:aud":"daypass"}}"""))
        {
            Keys = [("kubernetes.default.svc.cluster.local:jti", "ea28ed49-2e11-4280-9ec5-bc3d1d84661a")],
            Others =
            [
                ("another service account", ":prod:reports", ":prod:default", "AccessDenied"),
                ("another namespace", ":prod:reports", ":dev:reports", "AccessDenied"),
                ("a token for the API server itself", "[\"daypass\"]", "[\"https://kubernetes.default.svc.cluster.local\"]", "InvalidIdentityToken"),
            ],
        },
        ["HCP Terraform"] = new(
            "https://app.terraform.io", "aws.workload.identity", """{"typ":"JWT","alg":"RS256","kid":"nbCwW11w3XkB_xUaXwKRSLjMHGQ"}""",
            """{"jti":"1192426d-b525-4fde-9d72-f238be437bbd","iss":"https://app.terraform.io","aud":"aws.workload.identity","iat":"IAT","nbf":"NBF","exp":"EXP","sub":"organization:acme:project:network:workspace:prod:run_phase:apply","terraform_run_phase":"apply","terraform_organization_id":"org-GRNbCjYNpBB6NEH9","terraform_organization_name":"acme","terraform_project_id":"prj-vegSA59s1XPwMr2t","terraform_project_name":"network","terraform_workspace_id":"ws-mbsd5E3Ktt5Rg2Xm","terraform_workspace_name":"prod","terraform_full_workspace":"organization:acme:project:network:workspace:prod","terraform_run_id":"run-X3n1AUXNGWbfECsJ"}""",
            PlainKeys, FederatedTrust("app.terraform.io", """{"StringLike":{"app.terraform.io:sub":"organization:acme:project:network:workspace:prod:run_phase:*"}}"""))
        {
            Keys = [("app.terraform.io:terraform_run_phase", "apply")],
            Others = [("another organization", "organization:acme:", "organization:acme-evil:", "AccessDenied"), ("another workspace", ":workspace:prod:run", ":workspace:test:run", "AccessDenied")],
        },
    };

    private static string FederatedTrust(string host, string condition) => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/{{host}}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{{condition}} } }
        """;
}
