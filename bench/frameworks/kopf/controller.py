"""Each Shop gets a ConfigMap with its size, and a status."""

from typing import Any

import kopf
import kubernetes

SHOPS = ('example.com', 'v1', 'shops')


@kopf.on.startup()
def configure(settings: kopf.OperatorSettings, **_: Any) -> None:
    # Filters of handlers are the client's; this one is the server's.
    settings.watching.label_selectors['configmaps'] = 'app=shop'


@kopf.index(*SHOPS)
def shops(namespace: str, name: str, body: kopf.Body, **_: Any) -> dict[Any, Any]:
    return {(namespace, name): body}


@kopf.on.create(*SHOPS)
@kopf.on.update(*SHOPS)
@kopf.on.resume(*SHOPS)
def serve(body: kopf.Body, patch: kopf.Patch, **_: Any) -> None:
    apply(body)
    if body.status.get('phase') != 'Running':
        patch.status['phase'] = 'Running'


@kopf.on.event('configmaps', labels={'app': 'shop'})
def put_back(
    event: kopf.RawEvent, body: kopf.Body, namespace: str, name: str, shops: kopf.Index, **_: Any
) -> None:
    for shop in shops.get((namespace, name), []):
        if event['type'] == 'DELETED' or body.get('data') != wanted(shop):
            apply(shop)


def wanted(shop: kopf.Body) -> dict[str, str]:
    return {'size': str(shop.spec.get('size', 1))}


def apply(shop: kopf.Body) -> None:
    config_map = {
        'apiVersion': 'v1',
        'kind': 'ConfigMap',
        'metadata': {'name': shop.metadata.name, 'labels': {'app': 'shop'}},
        'data': wanted(shop),
    }
    kopf.append_owner_reference(config_map, owner=shop)
    kubernetes.client.CoreV1Api().patch_namespaced_config_map(
        shop.metadata.name,
        shop.metadata.namespace,
        config_map,
        field_manager='shop-controller',
        force=True,
        _content_type='application/apply-patch+yaml',
    )
