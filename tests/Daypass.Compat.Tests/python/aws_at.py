"""The AWS CLI that is installed, unchanged, with S3 at an address: what AWS_ENDPOINT_URL_S3 is to generations that know of it."""
import os
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
make = driver.session.create_client


def create_client(service_name, *words, **named):
    if service_name == "s3":
        named["endpoint_url"] = os.environ["AWS_ENDPOINT_URL_S3"]
    return make(service_name, *words, **named)


driver.session.create_client = create_client
sys.exit(driver.main(sys.argv[1:]))
